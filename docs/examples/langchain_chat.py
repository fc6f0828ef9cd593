"""The OpenAI-compatible door from LangChain: the assistant as a chat model in a chain.

Run: python docs/examples/langchain_chat.py [http://127.0.0.1:7860]
"""

import sys

from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_openai import ChatOpenAI

ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860"

model = ChatOpenAI(base_url=f"{ADDRESS}/v1", api_key="none", model="policy-assistant")
chain = ChatPromptTemplate.from_messages([("user", "{place}要打造成什么？")]) | model | StrOutputParser()

print(chain.invoke({"place": "米易县"}))
for piece in chain.stream({"place": "盐边县"}):
    print(piece, end="", flush=True)
print()
