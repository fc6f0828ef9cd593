"""The OpenAI-compatible door with OpenAI's own client: at once, streamed, and with a follow-up question.

Run: python docs/examples/openai_client.py [http://127.0.0.1:7860]
"""

import sys

from openai import OpenAI

ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860"

client = OpenAI(base_url=f"{ADDRESS}/v1", api_key="none")  # a key of ASSISTANT_API_KEYS, where the operator has set any
messages = [{"role": "user", "content": "第四条讲什么？"}]

completion = client.chat.completions.create(model="policy-assistant", messages=messages)
reply = completion.choices[0].message.content
print(completion.status, reply)
for citation in completion.citations:
    print(f"[{citation['marker']}] {citation['clause_label']} {citation['quote']}")
print(completion.usage.total_tokens, "tokens")

messages += [{"role": "assistant", "content": reply}, {"role": "user", "content": "下一条呢？"}]
for chunk in client.chat.completions.create(model="policy-assistant", messages=messages, stream=True):
    print(chunk.choices[0].delta.content or "", end="", flush=True)
    if chunk.choices[0].finish_reason:
        print(f"\n{chunk.status}, {len(chunk.citations)} citations")
