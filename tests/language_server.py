"""yaml-language-server, spoken to as an editor does: a tiny client of its protocol over standard input and output."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import threading
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Any, Self

FOLDER = Path(os.environ.get("CPOMGEN_NODE", Path(__file__).parents[1] / ".node"))
PROGRAM = FOLDER / "node_modules/yaml-language-server/bin/yaml-language-server"
PATIENCE = 60  # seconds: a loaded machine starts node slowly; a silent server is a failure, never a hang
Message = dict[str, Any]


def missing() -> str:
    """Return why the server cannot be run here, nothing when it can."""
    if shutil.which("node") is None:
        return "node is not installed"
    return "" if PROGRAM.is_file() else "yaml-language-server is not in .node: .ci/run installs it"


class LanguageServer:
    """A server in French that has one file open at a time; killed when the block ends."""

    def __enter__(self) -> Self:
        self.process = subprocess.Popen(  # noqa: S603 - the server under test
            ["node", str(PROGRAM), "--stdio"],  # noqa: S607 - as the system finds it
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self.said: queue.Queue[Message | None] = queue.Queue()
        self.reader = threading.Thread(target=self._listen, daemon=True)
        self.reader.start()
        self.count = 0
        try:
            self.ask("initialize", processId=None, rootUri=None, locale="fr", capabilities=CAPABILITIES)
            self.tell("initialized")
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Stop the server, whatever it is doing."""
        self.process.kill()
        self.process.wait(PATIENCE)
        self.reader.join(PATIENCE)
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()

    def diagnostics(self, folder: Path, text: str) -> list[Message]:
        """Return what an editor underlines in a new file of a folder, from top to bottom; the file need not exist."""
        self.count += 1
        self.uri = (folder / f"{self.count}.yaml").as_uri()
        shown = {"uri": self.uri, "languageId": "yaml", "version": self.count, "text": text}
        self.tell("textDocument/didOpen", textDocument=shown)
        while True:
            said = self._next()
            if said.get("method") == "textDocument/publishDiagnostics" and said["params"]["uri"] == self.uri:
                found: list[Message] = said["params"]["diagnostics"]
                return sorted(found, key=lambda each: (each["range"]["start"]["line"], each["message"]))

    def hover(self, line: int, column: int) -> str:
        """Return what is shown of a place of the file last opened; lines and columns count from 0."""
        found = self.ask("textDocument/hover", **self._at(line, column))
        return str(found["contents"]["value"]) if found else ""

    def completion(self, line: int, column: int) -> list[Message]:
        """Return what is proposed at a place of the file last opened."""
        found = self.ask("textDocument/completion", **self._at(line, column))
        items: list[Message] = found["items"] if isinstance(found, dict) else found or []
        return items

    def _at(self, line: int, column: int) -> Message:
        return {"textDocument": {"uri": self.uri}, "position": {"line": line, "character": column}}

    def ask(self, method: str, **parameters: Any) -> Any:
        """Return the answer to a request; what the server says meanwhile is dropped, what it asks is answered."""
        self.count += 1
        number = self.count
        self._send({"id": number, "method": method, "params": parameters})
        while True:
            said = self._next()
            if said.get("id") == number and "method" not in said:
                assert "error" not in said, said
                return said["result"]

    def tell(self, method: str, **parameters: Any) -> None:
        """Send what calls for no answer."""
        self._send({"method": method, "params": parameters})

    def _send(self, message: Mapping[str, Any]) -> None:
        content = json.dumps({"jsonrpc": "2.0", **message}).encode()
        pipe = self.process.stdin
        assert pipe is not None
        pipe.write(b"Content-Length: %d\r\n\r\n%b" % (len(content), content))
        pipe.flush()

    def _next(self) -> Message:
        said = self.said.get(timeout=PATIENCE)
        assert said is not None, "the server stopped"
        if "id" in said and "method" in said:
            items = (said.get("params") or {}).get("items", ())
            self._send({"id": said["id"], "result": [None] * len(items) if items else None})
        return said

    def _listen(self) -> None:
        pipe = self.process.stdout
        assert pipe is not None
        while (said := _message(pipe)) is not None:
            self.said.put(said)
        self.said.put(None)


def _message(pipe: IO[bytes]) -> Message | None:
    length = 0
    while line := pipe.readline().strip():
        name, _, value = line.partition(b":")
        if name.lower() == b"content-length":
            length = int(value)
    read: Message | None = json.loads(pipe.read(length)) if length else None
    return read


CAPABILITIES = {
    "textDocument": {
        "publishDiagnostics": {"versionSupport": True},
        "hover": {"contentFormat": ["markdown"]},
        "completion": {"completionItem": {"snippetSupport": True, "documentationFormat": ["markdown", "plaintext"]}},
    },
    "workspace": {"configuration": True},
}
