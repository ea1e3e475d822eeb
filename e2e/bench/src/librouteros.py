"""Asks fake routers what a poll of Mainstay asks, with librouteros; prints what it took as JSON.

Reads one "HOST PORT USER PASSWORD LINK_COUNT NUMBER" a line. One thread a router, because librouteros
blocks; all connections are open before the clock starts. Nothing is judged or stored.
"""

import json
import resource
import sys
import threading
import time

import librouteros

INTERFACE = (
    ".id,name,default-name,type,running,disabled,link-downs,last-link-up-time,last-link-down-time,"
    "actual-mtu,mac-address,comment,rx-byte,tx-byte,rx-packet,tx-packet,rx-error,tx-error,rx-drop,"
    "tx-drop,tx-queue-drop"
)


def connect(line):
    host, port, user, password, links, number = line.split()
    api = librouteros.connect(host=host, port=int(port), username=user, password=password, timeout=30)
    return api, int(links), int(number)


def poll(api, links, number):
    list(api("/system/identity/print", **{".proplist": "name"}))
    list(api("/system/resource/print"))
    list(api("/system/clock/print"))
    rows = list(api("/interface/print", **{".proplist": INTERFACE}))
    assert len(rows) == links, rows
    for link in range(1, links + 1):
        address = f"10.{number // 256 % 256}.{number % 256}.{link}"
        assert len(list(api("/ping", address=address, count="5", interval="200ms"))) == 5


def cpu():
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def main():
    connections = [connect(line) for line in sys.stdin]
    failures = []

    def guarded(connection):
        try:
            poll(*connection)
        except Exception as error:  # Told below: a thread can't end the program.
            failures.append(repr(error))

    threads = [threading.Thread(target=guarded, args=(connection,)) for connection in connections]
    begun, before = time.monotonic(), cpu()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        sys.exit("\n".join(failures))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"wall": time.monotonic() - begun, "cpu": cpu() - before, "peak": peak}))


if __name__ == "__main__":
    main()
