import type { Request, Response } from 'express';
import { edgePages, type EdgePage } from './edge-pages.ts';
import { edgeState } from './edge-state.ts';

/** Answers one of the edge's own pages; works when nothing else does. */
export function sendEdgePage(request: Request, response: Response, page: EdgePage): void {
  const { requestId } = edgeState(request);
  response.status(edgePages[page].status).type('html').send(edgePageHtml(page, requestId));
}

/** Every part is our own text or an id minted here, so there is nothing to escape. */
export function edgePageHtml(page: EdgePage, requestId: string): string {
  const { title, text } = edgePages[page];
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Latchkey</title>
<link rel="stylesheet" href="/edge.css">
</head>
<body>
<main>
<h1>${title}</h1>
<p>${text}</p>
<p><a href="/">To the first page</a></p>
<p class="request">Request <code>${requestId}</code></p>
</main>
</body>
</html>
`;
}
