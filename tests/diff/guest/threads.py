# SPDX-License-Identifier: GPL-2.0-or-later
"""A server and a client in two threads. The connection is there before the server looks, so that they take turns."""
import socket
import threading

server = socket.create_server(("127.0.0.1", 0))


def answer():
    peer, _ = server.accept()
    with peer:
        peer.sendall(peer.recv(100).upper())


with socket.create_connection(server.getsockname()) as client:
    client.sendall(b"hello")
    thread = threading.Thread(target=answer)
    thread.start()
    print(client.recv(100).decode())
    thread.join()
