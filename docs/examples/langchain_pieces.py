"""The Python door: the assistant in this process, as a LangChain runnable and a LangChain retriever.

Run: python docs/examples/langchain_pieces.py [DATA_FOLDER]; with a new folder, the documents of corpus/ are ingested.
"""

import sys

from langchain_core.runnables import RunnableLambda

from assistant import build_assistant

DATA_FOLDER = sys.argv[1] if len(sys.argv) > 1 else None  # None: ASSISTANT_DATA_DIR, else .data

assistant = build_assistant(DATA_FOLDER, sources=["corpus"])

answer = assistant.runnable.invoke("机场要搬到哪里？")
print(answer.status, answer.text)
for citation in answer.citations:
    print(f"[{citation.marker}] {citation.clause_label} {citation.quote}")

for piece in assistant.runnable.stream({"question": "下一条呢？", "history": ["第四条讲什么？"]}):
    print(piece.text, end="", flush=True)
print()

count = assistant.runnable | RunnableLambda(lambda answer: len(answer.citations))
print(count.batch(["要建设哪些产业园？", "你好"]))

for passage in assistant.retriever(k=3).invoke("机场迁建"):
    print(passage.metadata["document"], passage.metadata["clause_number"], passage.page_content)
