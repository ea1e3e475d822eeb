"""Reads all instances of an account at Contabo and keeps them in SQLite, with Python's own library; prints what it
took as JSON.

Arguments: the API's address, the token endpoint, and the four values that one signs in with.
"""

import json
import resource
import sqlite3
import sys
import time
import urllib.parse
import urllib.request
import uuid


def main():
    api, sign_in, client_id, client_secret, user, password = sys.argv[1:]
    begun = time.monotonic()
    form = {
        "grant_type": "password",
        "client_id": client_id,
        "client_secret": client_secret,
        "username": user,
        "password": password,
    }
    with urllib.request.urlopen(sign_in, urllib.parse.urlencode(form).encode()) as answer:
        token = json.load(answer)["access_token"]
    kept = sqlite3.connect(":memory:")
    kept.execute(
        "create table instance (id integer primary key, name, display_name, status, product, region, cores, ram, disk, ip)"
    )
    page, pages, instances = 1, 1, 0
    while page <= pages:
        headers = {"Authorization": f"Bearer {token}", "x-request-id": str(uuid.uuid4())}
        url = f"{api.rstrip('/')}/v1/compute/instances?page={page}&size=100"
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers)) as answer:
            found = json.load(answer)
        pages = found["_pagination"]["totalPages"]
        for one in found["data"]:
            ip = ((one.get("ipConfig") or {}).get("v4") or {}).get("ip")
            names = ("instanceId", "name", "displayName", "status", "productId", "region", "cpuCores", "ramMb", "diskMb")
            kept.execute(
                "insert or replace into instance values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                [one.get(name) for name in names] + [ip],
            )
            instances += 1
        page += 1
    kept.commit()
    usage = resource.getrusage(resource.RUSAGE_SELF)
    took = {"instances": instances, "wall": time.monotonic() - begun, "cpu": usage.ru_utime + usage.ru_stime}
    print(json.dumps(took))


if __name__ == "__main__":
    main()
