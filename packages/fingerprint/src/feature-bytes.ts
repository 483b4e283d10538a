import { angleSteps, featuresMax, type Features } from './features.ts'

/** `JKF` and the version of pattern and layout: features of two versions cannot be compared. */
const magic = [0x4a, 0x4b, 0x46, 1] as const
const headBytes = 12
/** Place 2 + 2, direction 1, level 1, comparisons 32. */
const rowBytes = 38
/** Steps of a pixel that a place is written in. */
const placeSteps = 64
/** Steps that the size of a corner is written in. */
const scaleSteps = 40

/**
 * Features as bytes: 12 and 38 for each, 15.2 KB for 400. The victim's device can send these in place of the picture.
 * Personal data: shapes of the picture can be partly drawn again from them.
 */
export function featuresToBytes(features: Features): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(headBytes + features.count * rowBytes)
  const view = new DataView(bytes.buffer)
  bytes.set(magic)
  view.setUint16(4, features.width)
  view.setUint16(6, features.height)
  view.setUint16(8, features.count)
  view.setUint8(10, Math.round(features.emptiness * 255))
  for (let i = 0, at = headBytes; i < features.count; i++, at += rowBytes) {
    view.setUint16(at, Math.round(features.x[i]! * placeSteps))
    view.setUint16(at + 2, Math.round(features.y[i]! * placeSteps))
    view.setUint8(at + 4, features.angle[i]!)
    view.setUint8(at + 5, Math.round(features.scale[i]! * scaleSteps))
    for (let w = 0; w < 8; w++) view.setUint32(at + 6 + w * 4, features.words[i * 8 + w]!)
  }
  return bytes
}

/**
 * Reads features; the bytes come from strangers.
 * @throws TypeError when they are not features of this version; nothing of them is repeated
 */
export function featuresFromBytes(bytes: Uint8Array): Features {
  if (bytes.length < headBytes || magic.some((byte, i) => bytes[i] !== byte)) throw wrong()
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const [width, height, count] = [view.getUint16(4), view.getUint16(6), view.getUint16(8)]
  if (width < 1 || height < 1 || width > 512 || height > 512 || count > featuresMax) throw wrong()
  if (bytes.length !== headBytes + count * rowBytes) throw wrong()
  const made = {
    width,
    height,
    count,
    x: new Float32Array(count),
    y: new Float32Array(count),
    angle: new Uint8Array(count),
    scale: new Float32Array(count),
    words: new Uint32Array(count * 8),
    emptiness: view.getUint8(10) / 255,
  }
  for (let i = 0, at = headBytes; i < count; i++, at += rowBytes) {
    made.x[i] = view.getUint16(at) / placeSteps
    made.y[i] = view.getUint16(at + 2) / placeSteps
    made.angle[i] = view.getUint8(at + 4)
    made.scale[i] = view.getUint8(at + 5) / scaleSteps
    if (made.x[i]! > width || made.y[i]! > height || made.angle[i]! >= angleSteps || made.scale[i]! < 1)
      throw wrong()
    for (let w = 0; w < 8; w++) made.words[i * 8 + w] = view.getUint32(at + 6 + w * 4)
  }
  return made
}

function wrong(): TypeError {
  return new TypeError('These bytes are no features of this version.')
}
