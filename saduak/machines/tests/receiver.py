"""A system's own address: a small server on this machine that keeps what it is sent."""

import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Received:
    """What came in, and what is answered next; with nothing said 204. `heard` is called before an answer."""

    def __init__(self):
        self.requests = []
        self.answers = []
        self.url = ""
        self.heard = lambda: None

    @property
    def ids(self):
        return [headers["webhook-id"] for headers, _body in self.requests]


@contextmanager
def receiving():
    """Listen on a free port as long as the block runs."""
    received = Received()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.requests.append((dict(self.headers), body.decode()))
            received.heard()
            status, headers = received.answers.pop(0) if received.answers else (204, {})
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *said):
            """Keep quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    received.url = f"http://127.0.0.1:{server.server_port}/events"
    try:
        yield received
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
