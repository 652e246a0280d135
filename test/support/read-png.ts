import { inflateSync } from 'node:zlib'

export interface Picture {
  width: number
  height: number
  /** Row by row; an opaque format gives an alpha of 255. */
  pixels: [red: number, green: number, blue: number, alpha: number][]
}

const CHANNELS: Record<number, number> = { 2: 3, 6: 4 }

/** The pixels of a PNG with 8 bits a channel, RGB or RGBA, not interlaced: the PNG specification, parts 5, 7 and 9. */
export function readPng(file: Buffer): Picture {
  if (file.toString('latin1', 0, 8) !== '\x89PNG\r\n\x1a\n') throw new Error('not a PNG')
  const [width, height] = [file.readUInt32BE(16), file.readUInt32BE(20)]
  const [depth, colourType = -1, , , interlaced] = file.subarray(24, 29)
  const channels = CHANNELS[colourType]
  if (depth !== 8 || !channels || interlaced !== 0) throw new Error('a kind of PNG that is not read here')
  const lines = unfiltered(inflateSync(imageData(file)), width * channels, channels)
  const pixels = lines.flatMap((line) =>
    Array.from({ length: width }, (_, x): Picture['pixels'][number] => {
      const [red = 0, green = 0, blue = 0, alpha = 255] = line.subarray(x * channels, (x + 1) * channels)
      return [red, green, blue, alpha]
    }),
  )
  return { width, height, pixels }
}

function imageData(file: Buffer): Buffer {
  const parts: Buffer[] = []
  for (let at = 8; at < file.length; at += 12 + file.readUInt32BE(at)) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)))
  }
  return Buffer.concat(parts)
}

/** Each line says how its bytes differ from those to the left and above. */
function unfiltered(data: Buffer, bytes: number, channels: number): Buffer[] {
  const lines: Buffer[] = []
  for (let at = 0; at < data.length; at += bytes + 1) {
    const [filter = 0] = data.subarray(at, at + 1)
    const line = Buffer.from(data.subarray(at + 1, at + 1 + bytes))
    const above = lines.at(-1) ?? Buffer.alloc(bytes)
    for (let x = 0; x < bytes; x += 1) {
      const [left = 0, corner = 0] = [line[x - channels], above[x - channels]]
      line[x] = (line[x] ?? 0) + predicted(filter, left, above[x] ?? 0, corner)
    }
    lines.push(line)
  }
  return lines
}

function predicted(filter: number, left: number, above: number, corner: number): number {
  if (filter === 3) return Math.floor((left + above) / 2)
  if (filter < 4) return [0, left, above][filter] ?? 0
  const [toLeft, toAbove, toCorner] = [left, above, corner].map((value) => Math.abs(left + above - corner - value))
  const least = Math.min(toLeft ?? 0, toAbove ?? 0, toCorner ?? 0)
  return least === toLeft ? left : least === toAbove ? above : corner
}
