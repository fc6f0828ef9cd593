"""The REST door with nothing but Python's library: a question, and a clause by its number.

Run: python docs/examples/rest.py [http://127.0.0.1:7860]
"""

import json
import sys
from urllib.request import Request, urlopen

ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860"

body = json.dumps({"question": "机场要搬到哪里？"}).encode()
request = Request(f"{ADDRESS}/api/v1/ask", body, {"Content-Type": "application/json"})
with urlopen(request) as response:
    answer = json.load(response)

print(answer["status"], answer["answer"])
for citation in answer["citations"]:
    print(f"[{citation['marker']}] {citation['clause_label']} {citation['quote']}")

cited = answer["citations"][0]
with urlopen(f"{ADDRESS}/api/v1/documents/{cited['document']}/clauses/{cited['clause_number']}") as response:
    print(json.load(response)["heading"])
