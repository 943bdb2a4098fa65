"""Print the events of an area, read over HTTP, from where the last run ended: `… FILE-OF-THE-CURSOR [--once]`."""

import os
import sys
import time
from pathlib import Path

import urllib3

api, place, token = os.environ["EKEL_API"], Path(sys.argv[1]), ""  # https://…/v1
http = urllib3.PoolManager()
secret = {"client_id": os.environ["CLIENT_ID"], "client_secret": os.environ["CLIENT_SECRET"]}
form = {"grant_type": "client_credentials", **secret}
cursor, more = place.read_text() if place.exists() else "", True
while more or "--once" not in sys.argv:
    bearer = {"Authorization": f"Bearer {token}"}
    answer = http.request("GET", f"{api}/peristiwa", fields={"cursor": cursor}, headers=bearer)
    if answer.status == 401:  # no token yet, or its hour is over
        granted = http.request("POST", f"{api}/token", fields=form, encode_multipart=False)
        token = granted.json()["access_token"]
        continue
    page = answer.json()
    for event in page.get("peristiwa", []):  # your work; a repeat of (source, id) does no harm
        print(event["time"], event["source"], event["type"], event["subject"], flush=True)  # noqa: T201
    cursor = page["cursor"]  # also in a 410: the log has another history, this is its beginning
    place.write_text(cursor)  # after the work: a crash repeats events, it never loses one
    more = answer.status == 410 or page["lagi"]
    time.sleep(0 if more else 2)
