"""The MCP door with the official client: what tools there are, a question, and the clause that the answer rests on.

Run: python docs/examples/mcp_client.py [http://127.0.0.1:7860]
Without a server: python docs/examples/mcp_client.py stdio
"""

import asyncio
import sys

from mcp import Client, StdioServerParameters

ADDRESS = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:7860"
STARTED_HERE = StdioServerParameters(command=sys.executable, args=["-m", "assistant", "mcp"])


async def main() -> None:
    """Ask, and read the clause cited first."""
    async with Client(STARTED_HERE if ADDRESS == "stdio" else f"{ADDRESS}/mcp") as client:
        print(*(tool.name for tool in (await client.list_tools()).tools))

        answer = (await client.call_tool("ask", {"question": "机场要搬到哪里？"})).structured_content
        print(answer["status"], answer["answer"])
        for citation in answer["citations"]:
            print(f"[{citation['marker']}] {citation['clause_label']} {citation['quote']} {citation['url']}")

        cited = answer["citations"][0]
        clause = {"document": cited["document"], "number": cited["clause_number"]}
        print((await client.call_tool("get_clause", clause)).structured_content["heading"])


asyncio.run(main())
