"""A REST server on 127.0.0.1 for the emulators that are not moto's: one function answers every request."""

import json
import ssl
import traceback
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import RLock, local
from time import monotonic
from urllib.parse import parse_qsl, unquote, urlsplit


# `arrived`: when the request did that is being answered, which may have waited for others.
request = local()


class Refused(Exception):
    """An answer that is an error of the cloud: HTTP status and body."""

    def __init__(self, status, body):
        super().__init__(body)
        self.status, self.body = status, body


def serve(port, answer, certificate=None):
    """Serves for ever. `answer(method, path, query, body)` returns (status, body, headers); one request at a time gets to it.

    `path` is decoded and has no slash at its end, `query` is a dict, `body` is JSON or None. `certificate` is a pair of files,
    certificate and key.
    """
    lock = RLock()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self):
            request.arrived = monotonic()
            url = urlsplit(self.path)
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            print(self.command, self.path, raw[:2000].decode("utf8", "replace"), flush=True)
            try:
                with lock:
                    body = json.loads(raw) if raw[:1] in (b"{", b"[") else None
                    status, body, headers = answer(self.command, unquote(url.path).rstrip("/"), dict(parse_qsl(url.query)), body)
                    text = b"" if body is None else json.dumps(body).encode()
            except Refused as refusal:
                status, text, headers = refusal.status, json.dumps(refusal.body).encode(), {}
            except Exception as error:
                traceback.print_exc()
                status, text, headers = 500, json.dumps({"error": {"code": 500, "message": f"the emulator failed: {error!r}"}}).encode(), {}
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", "Content-Length": len(text), **headers}.items():
                self.send_header(name, str(value))
            self.end_headers()
            self.wfile.write(text)

        do_GET = do_PUT = do_POST = do_DELETE = do_PATCH = do_HEAD = handle_any

        def log_message(self, *_):
            pass  # requests are logged with their bodies

    server = ThreadingHTTPServer(("127.0.0.1", port), Handler)
    if certificate is not None:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    server.serve_forever()
