"""The least page that plays WHEP, and a server for it: what a first frame costs without a player."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Final

from typing_extensions import override

# Of another origin than the endpoint: the browser that measures it lets it ask without a preflight.
PAGE: Final = """\
<!doctype html>
<meta charset="utf-8">
<title>The least that plays WHEP</title>
<style>
  body { margin: 0; background: #000; }
  video { width: 100vw; height: 100vh; }
</style>
<video muted autoplay playsinline></video>
<script type="module">
  const video = document.querySelector("video");
  const connection = new RTCPeerConnection({ bundlePolicy: "max-bundle" });
  connection.addTransceiver("video", { direction: "recvonly" });
  connection.addTransceiver("audio", { direction: "recvonly" });
  const stream = new MediaStream();
  connection.ontrack = ({ track, receiver }) => {
    receiver.jitterBufferTarget = 0;
    stream.addTrack(track);
    video.srcObject = stream;
  };
  const offer = await connection.createOffer();
  await connection.setLocalDescription(offer);
  const endpoint = new URLSearchParams(location.search).get("endpoint");
  const response = await fetch(endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/sdp" },
    body: offer.sdp,
  });
  await connection.setRemoteDescription({ type: "answer", sdp: await response.text() });
</script>
"""


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        """Answer every path with the page."""
        body = PAGE.encode()
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@contextmanager
def serve_bare_page() -> Iterator[str]:
    """Serve the page until the block ends; its address, to which `?endpoint=` is added."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    thread = Thread(target=server.serve_forever, name="bare-page")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
