"""A real SMTP server for the tests, three ways: plain, STARTTLS with a password, and TLS from the start.

Usage: smtp_receiver.py CERTIFICATE KEY. Writes one JSON object a line to standard output: first the ports, then each letter as a reader of
mail sees it. Ends when its standard input does.
"""

import asyncio
import email
import email.policy
import json
import logging
import ssl
import sys

from aiosmtpd.smtp import SMTP, AuthResult

REPLIES = {
    "refused": "550 5.1.1 nobody of that name",
    "later": "451 4.7.1 greylisted, come back",
}


def say(value):
    print(json.dumps(value), flush=True)


class Letters:
    def __init__(self, way):
        self.way = way

    async def handle_RCPT(self, server, session, envelope, address, options):
        reply = REPLIES.get(address.split("@")[0])
        if reply:
            return reply
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        if envelope.rcpt_tos[0].startswith("spam"):
            return "554 5.7.1 looks like spam"
        if envelope.rcpt_tos[0].startswith("full"):
            return "452 4.3.1 disk full"
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        say({
            "way": self.way,
            "tls": session.ssl is not None,
            "user": session.auth_data and session.auth_data.login.decode(),
            "from": envelope.mail_from,
            "to": envelope.rcpt_tos,
            "headers": {name.lower(): str(value) for name, value in letter.items()},
            "defects": [str(defect) for part in letter.walk() for defect in part.defects],
            "plain": letter.get_body(("plain",)).get_content().replace("\r\n", "\n"),
            "html": letter.get_body(("html",)).get_content().replace("\r\n", "\n"),
            "longest": max(len(line) for line in envelope.content.split(b"\r\n")),
        })
        return "250 taken"


def password(server, session, envelope, mechanism, auth):
    return AuthResult(success=auth.password == b"right", handled=False, auth_data=auth)


async def main(certificate, key):
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(certificate, key)
    loop = asyncio.get_running_loop()

    def plain():
        return SMTP(Letters("plain"), hostname="mx.example.org", loop=loop)

    def starttls():
        return SMTP(Letters("starttls"), hostname="mx.example.org", tls_context=tls,
                    require_starttls=True, authenticator=password, loop=loop)

    def smtps():
        return SMTP(Letters("smtps"), hostname="mx.example.org", loop=loop)

    ports = {}
    for factory in (plain, starttls, smtps):
        server = await loop.create_server(factory, "127.0.0.1", 0,
                                          ssl=tls if factory is smtps else None)
        ports[factory.__name__] = server.sockets[0].getsockname()[1]
    say(ports)
    await loop.run_in_executor(None, sys.stdin.read)


logging.disable()  # clients that break off are what is tested
asyncio.run(main(*sys.argv[1:]))
