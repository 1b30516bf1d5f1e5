#!/usr/bin/env python3
"""A day of simulated time under load, with all that can go wrong from outside: the process killed, the disk full, its syncs failing, its file
read-only, receivers of mail and webhooks that hang, refuse, fail or babble, a clock that jumps both ways, and the hour that comes twice.

The day is 30 October 2016 in Stockholm, 25 hours long; at its end a deadline of every agreement passes. What must hold at the end: no
acknowledged event is lost and none is there twice; what should be missed is missed, and nothing else; whoever was to be told was told;
`samrad fsck` finds everything again from the events; and `/readyz` told each fault while it lasted and no longer.

  day.py SAMRAD SIMULATION_SERVE RULES [--agreements N] [--step MINUTES] [--kills N] [--seed N]
"""
import argparse, base64, datetime, hashlib, http.client, json, os, random, re, shutil, sqlite3, subprocess, sys, tempfile, threading, time

from receivers import MailHandler, Receiver, WebhookHandler

UTC = datetime.timezone.utc
BEGIN = datetime.datetime(2016, 10, 29, 20, 0, tzinfo=UTC)  # 22:00 in Stockholm
END = datetime.datetime(2016, 10, 31, 9, 0, tzinfo=UTC)
MIDNIGHT = datetime.datetime(2016, 10, 30, 23, 0, tzinfo=UTC)
PATIENCE_SECONDS = 60
LETTERS_SECONDS = 2.5  # mail is held back for two, so that one letter tells of all


def at(day, hour, minute=0):
    return datetime.datetime(2016, 10, day, hour, minute, tzinfo=UTC)


# When what begins: (from, until, what). Disks fail one way at a time; receivers are out when there is something to tell, at 07:00 in Stockholm.
DISK_FAULTS = [(at(29, 22), at(29, 22, 30), "full"), (at(30, 0, 30), at(30, 1, 30), "sync"), (at(30, 3), at(30, 3, 30), "read-only"),
               (MIDNIGHT - datetime.timedelta(minutes=15), MIDNIGHT + datetime.timedelta(minutes=45), "sync")]
RECEIVER_FAULTS = [(at(30, 5), at(30, 5, 55), "hang", "garbage"), (at(30, 5, 55), at(30, 6, 30), "fail", "hang"),
                   (at(30, 6, 30), at(30, 7), "refuse", "fail"), (at(30, 7), at(30, 8, 30), "garbage", "refuse"),
                   (at(31, 5, 30), at(31, 6, 45), "fail", "never")]
JUMPS = [(at(30, 12), datetime.timedelta(hours=3)), (at(30, 16), -datetime.timedelta(hours=2))]  # each once


class Broken(Exception):
    pass


class Service:
    """The service with its clock and disk in our hands."""

    def __init__(self, program, data, webhooks, mail):
        self.program, self.data, self.webhooks, self.mail = program, data, webhooks, mail
        self.token, self.process, self.port, self.now, self.disk = None, None, None, BEGIN, "well"

    def start(self):
        self.process = subprocess.Popen(
            [self.program, self.now.isoformat(), "--data", self.data, "--listen-port", "0", "--threads", "1", "--log-level", "error",
             "--requests-burst", "1000000", "--webhooks-http", "true", "--webhooks-ranges", "127.0.0.0/8",
             "--agreements-active-max", "50", "--smtp-url", f"smtp://127.0.0.1:{self.mail.port}", "--smtp-tls", "off",
             "--smtp-from", "samrad@example.org"],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=open(self.data + ".log", "a"), text=True)
        match = re.search(r":(\d+)$", self.process.stdout.readline().strip())
        if not match:
            raise Broken("the service did not start: " + open(self.data + ".log").read()[-2000:])
        self.token = self.process.stdout.readline().strip() or self.token
        self.port = int(match[1])
        if self.disk != "well":
            self.tell("disk " + self.disk)

    def tell(self, line):
        self.process.stdin.write(line + "\n")
        self.process.stdin.flush()
        if self.process.stdout.readline().strip() != "done":
            raise Broken(f"`{line}` was not obeyed")

    def set_clock(self, moment):
        self.now = moment
        self.tell("clock " + moment.isoformat())

    def set_disk(self, how):
        self.disk = how
        self.tell("disk " + how)

    def kill(self):
        self.process.kill()
        self.process.wait()
        self.start()

    def stop(self):
        self.process.stdin.close()
        if self.process.wait(timeout=PATIENCE_SECONDS) != 0:
            raise Broken("the service did not stop in order: " + open(self.data + ".log").read()[-2000:])

    def ask(self, method, path, body=None, kind="application/json", connection=None, **fields):
        connection = connection or http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        headers = {"authorization": f"Bearer {self.token}", **fields}
        if body is not None:
            headers["content-type"] = kind
        connection.request(method, path, body=body, headers=headers)
        answer = connection.getresponse()
        return answer.status, answer.read(), answer

    def must(self, *asked, **fields):
        status, body, answer = self.ask(*asked, **fields)
        if not 200 <= status < 300:
            raise Broken(f"{asked[0]} {asked[1]} was answered {status}: {body.decode()[:800]}")
        return json.loads(body) if body else None, answer

    def all(self, path):
        """The items of all pages."""
        items, cursor = [], ""
        while True:
            page, _ = self.must("GET", path + ("&" if "?" in path else "?") + "limit=1000" + cursor)
            items += next(value for value in page.values() if isinstance(value, list))
            if not page.get("next"):
                return items
            cursor = "&cursor=" + page["next"]

    def failing(self):
        """The checks of /readyz that fail."""
        return {check["name"] for check in json.loads(self.ask("GET", "/readyz")[1])["checks"] if not check["good"]}


def until(what, true):
    limit = time.monotonic() + PATIENCE_SECONDS
    while not true():
        if time.monotonic() > limit:
            raise Broken(what() if callable(what) else what)
        time.sleep(0.05)


class Load:
    """Clients that post events, each one again until it is acknowledged, as who cannot be sure must."""

    def __init__(self, service, agreements, workers, seed):
        self.service, self.agreements, self.ended, self.fault = service, agreements, threading.Event(), None
        self.acknowledged, self.again, self.dice = set(), 0, random.Random(seed)
        self.threads = [threading.Thread(target=self.work, args=(n, random.Random(self.dice.random()))) for n in range(workers)]
        for thread in self.threads:
            thread.start()

    def work(self, worker, dice):
        number, connection = 0, None
        while not self.ended.is_set() and self.fault is None:
            number += 1
            n = dice.randrange(self.agreements)
            kinds = ["question"] + (["meeting"] if n % 2 == 0 else []) + (["answer"] if n % 3 == 0 else [])
            day = (self.service.now + datetime.timedelta(hours=1)).date()
            events = []
            for part in range(1 if dice.random() < 0.8 else 10):
                event = {"specversion": "1.0", "id": f"{worker}-{number}-{part}", "source": "urn:club", "type": dice.choice(kinds),
                         "time": day.isoformat()}
                if event["type"] == "meeting":
                    event["subject"] = "board"
                events.append(event)
            connection = self.post(f"club-{n}", events, connection)
            time.sleep(dice.uniform(0, 0.04))

    def post(self, agreement, events, connection):
        single = len(events) == 1
        body = json.dumps(events[0] if single else events)
        kind = "application/cloudevents+json" if single else "application/cloudevents-batch+json"
        while self.fault is None:
            try:
                connection = connection or http.client.HTTPConnection("127.0.0.1", self.service.port, timeout=20)
                status, said, _ = self.service.ask("POST", f"/v1/agreements/{agreement}/events", body, kind, connection)
            except (OSError, http.client.HTTPException):
                status, connection = 0, None
            if status in (200, 201):
                self.acknowledged.update((agreement, event["id"]) for event in events)
                return connection
            if status not in (0, 429, 503):
                self.fault = f"an event was answered {status}: {said.decode()[:500]}"
            self.again += 1
            time.sleep(0.1)
        return connection

    def end(self):
        self.ended.set()
        for thread in self.threads:
            thread.join()
        if self.fault:
            raise Broken(self.fault)


def set_up(service, rules, agreements):
    text = open(rules, encoding="utf-8").read()
    for n in range(agreements):
        service.must("POST", "/v1/agreements", json.dumps({"id": f"club-{n}", "rules": text.replace("Club @", f"Club {n}")}))
        asked = [{"specversion": "1.0", "id": "asked", "source": "urn:club", "type": "question", "time": "2016-10-27"}]
        if n % 3 == 0:
            asked.append({**asked[0], "id": "answered", "type": "answer", "time": "2016-10-29"})
        service.must("POST", f"/v1/agreements/club-{n}/events", json.dumps(asked), "application/cloudevents-batch+json")
    _, answer = service.must("GET", "/v1/alerts/rules")
    secret = "whsec_" + base64.b64encode(bytes(range(32))).decode()
    rules = {"recipients": [{"id": "web", "roles": ["chair"], "language": "en", "webhook": "w-1"},
                            {"id": "post", "roles": ["chair"], "language": "sv", "mail": "chair@example.org"}],
             "endpoints": [{"id": "w-1", "url": f"http://127.0.0.1:{service.webhooks.port}/hook", "secrets": [secret]}],
             "rules": [{"id": "all", "kinds": ["warning", "due", "breach"], "at": "07:00"}]}
    service.must("PUT", "/v1/alerts/rules", json.dumps(rules), **{"if-match": answer.getheader("etag") or "*"})


class Day:
    """The timeline: what begins and ends when, and what /readyz must say of it."""

    def __init__(self, service, step, kills, dice):
        self.service, self.step, self.dice, self.said = service, step, dice, []
        steps = int((END - BEGIN) / step)
        self.kills = set(dice.sample(range(1, steps), min(kills, steps - 1)))
        self.disk, self.receivers = None, None
        self.jumps = list(JUMPS)

    def run(self):
        number = 0
        while self.service.now < END:
            number += 1
            now = self.service.now + self.step
            if self.jumps and now >= self.jumps[0][0]:
                now += self.jumps.pop(0)[1]
                self.say(f"the clock jumps to {now:%d %H:%M}")
            self.service.set_clock(now)
            self.change_disk(now)
            self.change_receivers(now)
            time.sleep(self.dice.uniform(0.02, 0.15))
            if number in self.kills:
                time.sleep(self.dice.uniform(0, 0.2))
                self.service.kill()

    def say(self, what):
        self.said.append(what)
        print(f"{self.service.now:%d %H:%M}  {what}", flush=True)

    def change_disk(self, now):
        fault = next((f for f in DISK_FAULTS if f[0] <= now < f[1]), None)
        if fault == self.disk:
            return
        self.disk = fault
        self.service.set_disk(fault[2] if fault else "well")
        if fault:
            until(f"/readyz does not tell that the disk is {fault[2]}", lambda: self.service.failing() & {"store", "commits"})
            self.say(f"disk {fault[2]}: /readyz tells it by {', '.join(sorted(self.service.failing()))}")
        else:
            self.healed()

    def change_receivers(self, now):
        fault = next((f for f in RECEIVER_FAULTS if f[0] <= now < f[1]), None)
        if fault == self.receivers:
            return
        if self.receivers:
            time.sleep(LETTERS_SECONDS)
        if self.receivers and fault is None and any(now - f[0] < datetime.timedelta(hours=4) for f in RECEIVER_FAULTS[:4] if f[0] <= now):
            until("/readyz does not tell that alerts wait", lambda: "alerts" in self.service.failing())
            self.say("receivers are out: /readyz tells it by alerts")
        self.receivers = fault
        self.service.webhooks.become(fault[2] if fault else "well")
        self.service.mail.become(fault[3] if fault else "well")
        self.say(f"webhooks {self.service.webhooks.mode}, mail {self.service.mail.mode}")

    def healed(self):
        until(lambda: f"not ready after the disk healed: {self.service.failing()}", lambda: not self.service.failing() - {"alerts"})
        self.say("disk well: ready again")


def send_the_rest(service):
    """Time goes on until nothing waits; what was refused for good is asked for again, as an operator would."""
    retried = 0
    for _ in range(60):
        for alert in service.all("/v1/alerts?state=failed"):
            service.must("POST", f"/v1/alerts/{alert['alert']}/retry")
            retried += 1
        time.sleep(0.5)
        waiting = [a for a in service.all("/v1/alerts?state=waiting") if datetime.datetime.fromisoformat(a["notBefore"].replace("Z", "+00:00"))
                   < END + datetime.timedelta(hours=6)]
        if not waiting and not service.all("/v1/alerts?state=failed"):
            break
        if service.now < END + datetime.timedelta(hours=6):
            service.set_clock(service.now + datetime.timedelta(minutes=30))
    until(lambda: f"not ready at the end: {service.failing()}", lambda: not service.failing())
    return retried


def judge(service, load, agreements):
    """What is wrong, a sentence each."""
    wrong, there = [], {}
    for n in range(agreements):
        for item in service.all(f"/v1/agreements/club-{n}/events"):
            key = (f"club-{n}", item.get("event", item)["id"])
            there[key] = there.get(key, 0) + 1
    lost, twice = load.acknowledged - there.keys(), [key for key, times in there.items() if times > 1]
    print(f"{len(there)} events on record, {len(load.acknowledged)} acknowledged, {load.again} posted again, {len(lost)} lost, {len(twice)} twice")
    wrong += [f"{key} was acknowledged and is lost" for key in sorted(lost)[:5]] + [f"{key} is there twice" for key in twice[:5]]

    expected = {(f"club-{n}", clause) for n in range(agreements) for clause, met in (("meetings", n % 2 == 0), ("answers", n % 3 == 0)) if not met}
    missed = {(f["agreement"], f["clause"]) for f in service.all("/v1/findings") if f.get("after") == "missed" and f.get("due") == "2016-10-30"}
    wrong += [f"{key} should be missed" for key in sorted(expected - missed)[:5]] + [f"{key} should not be missed" for key in sorted(missed - expected)[:5]]

    alerts = service.all("/v1/alerts")
    told = {(a["agreement"], a["occurrence"].split("/")[0], a["recipient"]) for a in alerts if a["kind"] == "breach" and a["state"] == "sent"}
    untold = {(*key, who) for key in expected for who in ("web", "post")} - told
    print(f"{len(expected)} deadlines missed, {len(told)} breaches told, {len(untold)} untold")
    wrong += [f"{key} was not told" for key in sorted(untold)[:5]]
    return wrong


def judge_letters(service):
    """Every message that is on record as sent is one that a receiver has said yes to; mail may be a part of a letter about several."""
    wrong, counts = [], {"sent": 0, "again": 0}
    rows = sqlite3.connect(f"file:{service.data}/samrad.db?mode=ro", uri=True).execute(
        "SELECT key, way, state, occurrence, kind FROM message").fetchall()
    for key, way, state, occurrence, kind in rows:
        title, clause = key.split("|")[0].replace("club-", "Club "), occurrence.split("/")[0]
        times = (service.webhooks.taken.get("msg_" + hashlib.sha256(key.encode()).hexdigest()[:32], 0) if way == "webhook"
                 else service.mail.taken.get((title, clause, kind == "breach"), 0))
        if state == 1 and times == 0:
            wrong.append(f"{key} is said to be sent and never came")
        counts["sent"] += state == 1
        counts["again"] += way == "webhook" and times > 1
    print(f"{counts['sent']} messages sent, {counts['again']} webhooks more than once")
    return wrong


def main():
    parser = argparse.ArgumentParser()
    for name in ("samrad", "program", "rules"):
        parser.add_argument(name)
    parser.add_argument("--agreements", type=int, default=40)
    parser.add_argument("--step", type=int, default=20)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = tempfile.mkdtemp(prefix="samrad-day-")
    service = Service(asked.program, os.path.join(folder, "data"), Receiver(WebhookHandler), Receiver(MailHandler))
    print(f"seed {asked.seed}, {asked.agreements} agreements, {asked.kills} kills, in steps of {asked.step} minutes", flush=True)
    load = None
    try:
        service.start()
        set_up(service, asked.rules, asked.agreements)
        load = Load(service, asked.agreements, 3, asked.seed)
        Day(service, datetime.timedelta(minutes=asked.step), asked.kills, random.Random(asked.seed)).run()
        load.end()
        again = send_the_rest(service)
        print(f"{again} messages refused for good, and asked for again")
        wrong = judge(service, load, asked.agreements) + ([] if again else ["no letter was refused for good"])
        service.stop()
        wrong += judge_letters(service)
        checked = subprocess.run([asked.samrad, "fsck", "--data", service.data], capture_output=True, text=True)
        print(checked.stdout.strip())
        wrong += [] if checked.returncode == 0 else [checked.stdout + checked.stderr]
    except Broken as broken:
        wrong = [str(broken)]
        if load:
            load.fault = load.fault or "ended"
        service.process.kill()
    for sentence in wrong:
        print("wrong:", sentence)
    if wrong:
        print("kept:", folder)
        sys.exit(1)
    shutil.rmtree(folder, ignore_errors=True)


main()
