import type { IncomingMessage, ServerResponse } from 'node:http'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]'])

const HEADERS = {
  'content-security-policy': [
    "default-src 'none'",
    "script-src 'self'",
    // Mails bring their styles with them, and their frame inherits this policy.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: https:",
    "connect-src 'self'",
    "frame-src 'self'",
    "base-uri 'self'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join('; '),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cache-control': 'no-store',
}

const FAVICON = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#4a154b"/><path d="M7 21v-4l2.500-1 3-5h8l4 5 2 1v4z" fill="#fff"/><circle cx="11.500" cy="21" r="2.600" fill="#ecb22e"/><circle cx="22" cy="21" r="2.600" fill="#ecb22e"/></svg>`

const HTML = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Motorpool workspace</title>
<link rel="icon" href="data:image/svg+xml,${encodeURIComponent(FAVICON)}">
<link rel="stylesheet" href="/page/app.css">
</head>
<body>
<div id="root"></div>
<script type="module" src="/page/app.js"></script>
</body>
</html>
`

interface PageFile {
  type: string
  body: string
}

/**
 * Bundles the page into memory.
 *
 * @returns a handler that answers what belongs to the page and says whether it did; only to a browser that was sent to
 * loopback by name, so that no other site's DNS can point here
 */
export async function createPage(): Promise<(req: IncomingMessage, res: ServerResponse) => boolean> {
  const files = await bundle()
  return (req, res) => {
    const file = files.get(new URL(req.url ?? '/', 'http://localhost').pathname)
    if (!file || (req.method !== 'GET' && req.method !== 'HEAD')) return false
    if (!isLoopback(req.headers.host)) {
      res.writeHead(403, { ...HEADERS, 'content-type': 'text/plain' }).end('This page is for this computer only.\n')
      return true
    }
    res.writeHead(200, { ...HEADERS, 'content-type': `${file.type}; charset=utf-8` })
    res.end(req.method === 'HEAD' ? undefined : file.body)
    return true
  }
}

async function bundle(): Promise<Map<string, PageFile>> {
  const { outputFiles } = await build({
    absWorkingDir: HERE,
    entryPoints: { app: 'main.tsx', style: 'style.css' },
    outdir: 'page',
    bundle: true,
    minify: true,
    write: false,
    format: 'esm',
    target: 'es2023',
    jsx: 'automatic',
    logLevel: 'silent',
  })
  const output = (end: string) => outputFiles.find(({ path }) => path.endsWith(end))?.text ?? ''
  return new Map([
    ['/', { type: 'text/html', body: HTML }],
    ['/page/app.js', { type: 'text/javascript', body: output('app.js') }],
    ['/page/app.css', { type: 'text/css', body: output('style.css') }],
  ])
}

function isLoopback(host: string | undefined): boolean {
  return LOOPBACK.has((host ?? '').replace(/:\d+$/, ''))
}
