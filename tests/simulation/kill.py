#!/usr/bin/env python3
"""Kills the service at random moments under load, and looks at what is left.

After each kill the service starts again one simulated day later. What must hold: no acknowledged event is lost and none is there
twice; `samrad fsck` finds every verdict again from the events; a webhook came for every breach on record.

  kill.py SAMRAD RULES [--kills N] [--seed N] [--fsck-every N] [--agreements N]
"""
import argparse, base64, datetime, http.client, http.server, json, os, random, re, shutil, signal, subprocess, sys, tempfile, threading, time


class Receiver:
    """Counts the webhooks by their message; refuses one in ten the first time, so that tries are made again."""

    def __init__(self, seed):
        self.received, self.lock, dice, refused_once = {}, threading.Lock(), random.Random(seed), set()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_POST(self):
                body = self.rfile.read(int(self.headers["content-length"]))
                with outer.lock:
                    refused = self.headers["webhook-id"] not in refused_once and dice.random() < 0.1
                    if refused:
                        refused_once.add(self.headers["webhook-id"])
                    else:
                        event = json.loads(body)
                        data = event.get("data", {})
                        duty = data.get("duty", data)
                        key = (event.get("type"), data["agreement"]["id"], duty.get("occurrence"))
                        outer.received[key] = outer.received.get(key, 0) + 1
                self.send_response(503 if refused else 204)
                self.send_header("content-length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.handle_error = lambda *_: None  # a sender that was killed
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"


class Service:
    def __init__(self, samrad, data):
        self.samrad, self.data, self.token, self.process, self.port = samrad, data, None, None, None

    def start(self, day):
        self.process = subprocess.Popen(
            [self.samrad, "serve", "--data", self.data, "--listen-port", "0", "--threads", "1", "--log-level", "error",
             "--clock", f"{day}T09:00:00Z", "--webhooks-http", "true", "--webhooks-ranges", "127.0.0.0/8"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.process.stdout.readline()
        match = re.search(r":(\d+)$", line.strip())
        if not match:
            raise SystemExit(f"the service did not start: {line}{self.process.stderr.read()}")
        self.port = int(match[1])
        if self.token is None:
            self.token = self.process.stdout.readline().split()[-1]

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        self.process.stderr.close()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        if self.process.wait(timeout=30) != 0:
            raise SystemExit(f"the service stopped with {self.process.returncode}: {self.process.stderr.read()}")

    def connect(self):
        return http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)

    def ask(self, connection, method, path, body=None, kind="application/json", **fields):
        headers = {"authorization": f"Bearer {self.token}", **fields}
        if body is not None:
            headers["content-type"] = kind
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer

    def all(self, path):
        """The items of all pages."""
        connection, items, cursor = self.connect(), [], ""
        while True:
            status, body, _ = self.ask(connection, "GET", path + ("&" if "?" in path else "?") + "limit=1000" + cursor)
            if status != 200:
                raise SystemExit(f"GET {path} answered {status}: {body.decode()[:500]}")
            page = json.loads(body)
            items += next(value for value in page.values() if isinstance(value, list))
            if not page.get("next"):
                return items
            cursor = "&cursor=" + page["next"]


def load(service, agreements, day, worker, acknowledged, unsure, stop, dice):
    """Posts events until the service is gone. What was answered is acknowledged; what was not may be there or not."""
    number = 0
    try:
        connection = service.connect()
        while not stop.is_set():
            number += 1
            agreement = dice.choice(agreements)
            kind = dice.choice(["meeting", "question", "answer"])
            events = []
            for part in range(1 if dice.random() < 0.8 else 20):
                event = {"specversion": "1.0", "id": f"{day}-{worker}-{number}-{part}", "source": "urn:club", "type": kind,
                         "time": (day - datetime.timedelta(days=dice.choice([0, 0, 0, 1, 5, 90]))).isoformat()}
                if kind == "meeting":
                    event["subject"] = "board"
                events.append(event)
            ids = [(agreement, event["id"]) for event in events]
            unsure.update(ids)
            single = len(events) == 1
            status, body, _ = service.ask(
                connection, "POST", f"/v1/agreements/{agreement}/events", json.dumps(events[0] if single else events),
                "application/cloudevents+json" if single else "application/cloudevents-batch+json")
            if status in (200, 201):
                acknowledged.update(ids)
            elif status not in (503, 429):
                raise SystemExit(f"an event was answered {status}: {body.decode()[:500]}")
    except (OSError, http.client.HTTPException):
        pass


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("samrad")
    parser.add_argument("rules")
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--fsck-every", type=int, default=50)
    parser.add_argument("--agreements", type=int, default=20)
    arguments = parser.parse_args()
    dice = random.Random(arguments.seed)
    folder = tempfile.mkdtemp(prefix="samrad-kill-")
    receiver = Receiver(arguments.seed)
    service = Service(arguments.samrad, os.path.join(folder, "data"))
    day = datetime.date(2016, 6, 10)
    agreements = [f"club-{n}" for n in range(arguments.agreements)]
    acknowledged, unsure = set(), set()
    print(f"seed {arguments.seed}, {arguments.kills} kills", flush=True)

    service.start(day)
    connection = service.connect()
    rules = open(arguments.rules, encoding="utf-8").read()
    for agreement in agreements:
        status, body, _ = service.ask(connection, "POST", "/v1/agreements", json.dumps({"id": agreement, "rules": rules}))
        if status != 201:
            raise SystemExit(f"an agreement was answered {status}: {body.decode()[:500]}")
    status, body, answer = service.ask(connection, "GET", "/v1/alerts/rules")
    secret = "whsec_" + base64.b64encode(bytes(range(32))).decode()
    alerts = {"recipients": [{"id": "r-1", "roles": ["chair"], "language": "en", "webhook": "w-1"}],
              "endpoints": [{"id": "w-1", "url": receiver.url, "secrets": [secret]}],
              "rules": [{"id": "all", "kinds": ["breach"], "at": "07:00"}]}
    status, body, _ = service.ask(connection, "PUT", "/v1/alerts/rules", json.dumps(alerts), **{"if-match": answer.getheader("etag") or "*"})
    if status not in (200, 201, 204):
        raise SystemExit(f"the alert rules were answered {status}: {body.decode()[:800]}")
    connection.close()

    for kill in range(1, arguments.kills + 1):
        stop = threading.Event()
        workers = [threading.Thread(target=load, args=(service, agreements, day, n, acknowledged, unsure, stop,
                                                       random.Random(dice.random()))) for n in range(3)]
        for worker in workers:
            worker.start()
        time.sleep(dice.uniform(0.0, 0.25))
        service.kill()
        stop.set()
        for worker in workers:
            worker.join()
        if kill % arguments.fsck_every == 0 or kill == arguments.kills:
            checked = subprocess.run([arguments.samrad, "fsck", "--data", service.data], capture_output=True, text=True)
            if checked.returncode != 0:
                raise SystemExit(f"after kill {kill}: {checked.stdout}{checked.stderr[:3000]}")
            print(f"kill {kill}, {day}: {checked.stdout.strip()}, {len(acknowledged)} acknowledged", flush=True)
        if kill % 2 == 0:
            day += datetime.timedelta(days=1)
        service.start(day)

    there = {}
    for agreement in agreements:
        for item in service.all(f"/v1/agreements/{agreement}/events"):
            event = item.get("event", item)
            key = (agreement, event["id"])
            there[key] = there.get(key, 0) + 1
    lost, doubled = acknowledged - there.keys(), [key for key, n in there.items() if n > 1]
    strange = there.keys() - unsure
    print(f"{len(there)} events on record, {len(acknowledged)} acknowledged, {len(lost)} lost, {len(doubled)} twice, {len(strange)} never sent")

    # Told is what stands as a breach and fell due since the agreement was taken up; what was mended before anybody was told is not.
    last = {(f["agreement"], f["occurrence"]): f for f in service.all("/v1/findings")}
    breaches = {key for key, f in last.items() if f.get("after") in ("missed", "broken") and (f.get("due") or "9999") >= "2016-06-10"}
    missing, limit = breaches, time.monotonic() + 60
    while missing and time.monotonic() < limit:
        time.sleep(0.5)
        with receiver.lock:
            heard = {(key[1], key[2]) for key in receiver.received if "breach" in str(key[0])}
        missing = breaches - heard
    print(f"{len(breaches)} breaches found, {len(missing)} of them untold, {sum(receiver.received.values())} webhooks received")
    for agreement, occurrence in sorted(missing)[:3]:
        print([f for f in service.all(f"/v1/findings") if (f["agreement"], f["occurrence"]) == (agreement, occurrence)])
        print([m for m in service.all("/v1/alerts") if (m.get("agreement"), m.get("occurrence")) == (agreement, occurrence)])
    service.stop()
    if not (lost or doubled or strange or missing):
        shutil.rmtree(folder, ignore_errors=True)
    if lost or doubled or strange or missing or not breaches:
        print("lost:", sorted(lost)[:5], "twice:", doubled[:5], "never sent:", sorted(strange)[:5], "untold:", sorted(missing)[:5])
        sys.exit(1)


main()
