"""Receivers of webhooks and mail that can be made to misbehave (well, hang, refuse, fail, garbage, never): each counts what it has said yes to."""
import email, email.policy, http.server, re, socketserver, threading

PART = re.compile(r"^Läge: +(.*)\n(?:.*\n)*?Klausul: +(\S+)\nAvtal: +(.*)$", re.M)  # of a letter: state, clause, title of the agreement


class Receiver:
    """Listens on one port of loopback, but for the mode `refuse`. What hangs is let go when the mode changes."""

    def __init__(self, handler):
        self.taken, self.lock, self.mode, self.changed = {}, threading.Lock(), "well", threading.Event()
        self.handler, self.port, self.server = handler, 0, None
        self.listen()

    def listen(self):
        outer = self

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address, daemon_threads, request_queue_size = True, True, 256
            receiver = outer

            def handle_error(self, *_):  # a sender that was killed
                pass

        self.server = Server(("127.0.0.1", self.port), self.handler)
        self.port = self.server.server_address[1]
        threading.Thread(target=self.server.serve_forever, args=(0.05,), daemon=True).start()

    def become(self, mode):
        before, self.mode = self.mode, mode
        self.changed.set()
        self.changed = threading.Event()
        if mode == "refuse" and before != "refuse":
            self.server.shutdown()
            self.server.server_close()
        elif before == "refuse" and mode != "refuse":
            self.listen()

    def take(self, name):
        with self.lock:
            self.taken[name] = self.taken.get(name, 0) + 1

    def misbehaves(self, file):
        """Hangs or babbles where that is the mode; true: the connection is to be closed."""
        if self.mode == "hang":
            self.changed.wait(60)
            return True
        if self.mode == "garbage":
            file.write(b"\x00\xffwhat?\r\n" * 20)
            return True
        return False


class WebhookHandler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        receiver = self.server.receiver
        self.rfile.read(int(self.headers["content-length"]))
        if receiver.misbehaves(self.wfile):
            self.close_connection = True
            return
        status = {"fail": 500, "never": 404}.get(receiver.mode, 204)
        if status == 204:
            receiver.take(self.headers["webhook-id"])
        self.send_response(status)
        self.send_header("content-length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


class MailHandler(socketserver.StreamRequestHandler):
    def say(self, text):
        self.wfile.write(text.encode() + b"\r\n")

    def handle(self):
        receiver = self.server.receiver
        if receiver.misbehaves(self.wfile):
            return
        self.say("220 mx.example.org")
        for line in self.rfile:
            word = line.decode("ascii", "replace").strip().upper()[:4]
            if word == "QUIT":
                return self.say("221 bye")
            if word == "DATA":
                self.say("354 go on")
                lines = []
                while (part := self.rfile.readline()) not in (b".\r\n", b""):
                    lines.append(part)
                if part == b"" or receiver.misbehaves(self.wfile):
                    return
                letter = email.message_from_bytes(b"".join(lines), policy=email.policy.default)
                for state, clause, title in PART.findall(letter.get_body(("plain",)).get_content().replace("\r", "")):
                    receiver.take((title, clause, "försummad" in state))
            if word == "RCPT" and receiver.mode in ("fail", "never"):
                self.say("451 4.7.1 come back" if receiver.mode == "fail" else "550 5.1.1 nobody of that name")
            else:
                self.say("250 fine")
