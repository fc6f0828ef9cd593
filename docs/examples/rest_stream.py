"""The REST door as server-sent events: the answer as it comes, then the whole with its citations.

Run: python docs/examples/rest_stream.py [http://127.0.0.1:7860]
"""

import json
import sys

import httpx

ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860"

request = {"question": "第一部分讲什么？"}
events = {"Accept": "text/event-stream"}
with httpx.stream("POST", f"{ADDRESS}/api/v1/ask", json=request, headers=events, timeout=60) as response:
    response.raise_for_status()
    name = ""
    for line in response.iter_lines():
        if line.startswith("event: "):
            name = line.removeprefix("event: ")
        elif line.startswith("data: "):
            data = json.loads(line.removeprefix("data: "))
            if name == "part":
                print(data["text"], end="", flush=True)
            elif name == "answer":
                print(f"\n{data['status']}, {len(data['citations'])} citations")
            elif name == "error":
                sys.exit(data["detail"])
