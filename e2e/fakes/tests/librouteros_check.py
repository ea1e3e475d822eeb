"""Drives fake routers with librouteros; ends with an error when either side is surprised.

Arguments: the ports of a 7.18 router, a 6.40 router, one that closes in the middle of the
interface table, and one that dies at /system/identity/print. tests/librouteros.rs starts them.
"""

import sys

import librouteros
from librouteros.exceptions import ConnectionClosed, FatalError, TrapError
from librouteros.login import plain, token
from librouteros.query import Key


def connect(port, method=plain, password="secret"):
    return librouteros.connect(
        host="127.0.0.1",
        port=port,
        username="mainstay",
        password=password,
        login_method=method,
        timeout=10,
    )


def raises(kind, action, says=""):
    try:
        action()
    except kind as error:
        assert says in str(error), f"{error!r} does not say {says!r}"
        return
    raise AssertionError(f"no {kind.__name__}")


def main(new, old, breaks, dies):
    raises(TrapError, lambda: connect(new, password="wrong"), "invalid user name or password")
    raises(TrapError, lambda: connect(old, token, "wrong"), "cannot log in")
    with_token = connect(old, token)
    assert list(with_token("/system/identity/print")) == [{"name": "checked"}]
    with_token.close()

    api = connect(new)

    (resource,) = api("/system/resource/print")
    assert resource["version"] == "7.18.2 (stable)", resource
    assert resource["uptime"] == "1w5d", resource

    interfaces = api.path("/interface")
    rows = list(interfaces.select("name", "rx-byte", "no-such-property"))
    assert [row["name"] for row in rows] == ["ether1", "ether2", "ether3"], rows
    assert all(set(row) == {"name", "rx-byte"} for row in rows), rows

    name = Key("name")
    assert list(interfaces.select(name).where(name == "ether9")) == []
    assert list(interfaces.select(name).where(name == "ether2")) == [{"name": "ether2"}]

    # librouteros drops what it can't decode, so the octets arrived and nothing around them broke.
    (commented,) = interfaces.select(name, Key("comment")).where(name == "ether1")
    assert commented["comment"].startswith("Caf"), commented
    assert commented["comment"].endswith("rich"), commented

    answers = list(api("/ping", address="10.0.0.1", count="3", interval="20ms"))
    assert [row["seq"] for row in answers] == [0, 1, 2], answers
    assert answers[-1]["time"] == "9ms445us", answers
    assert answers[-1]["packet-loss"] == 0, answers

    lossy = list(api("/ping", address="10.0.0.2", count="20", interval="10ms"))
    last = lossy[-1]
    assert 0 < last["received"] < last["sent"] == 20, last
    assert last["packet-loss"] == (20 - last["received"]) * 5, last
    assert any(row.get("status") == "timeout" and "time" not in row for row in lossy), lossy

    raises(TrapError, lambda: list(api("/no/such/command")), "no such command")
    raises(
        TrapError,
        lambda: list(api("/interface/monitor-traffic", interface="ether9", once="")),
        "input does not match any value of interface",
    )
    (rates,) = api("/interface/monitor-traffic", interface="ether1", once="")
    assert rates["rx-bits-per-second"] == 0, rates

    assert list(api("/interface/print", **{"count-only": ""})) == [{"ret": 3}]
    api.close()

    raises(ConnectionClosed, lambda: list(connect(breaks)("/interface/print")))
    raises(FatalError, lambda: list(connect(dies)("/system/identity/print")), "out of memory")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:5]))
