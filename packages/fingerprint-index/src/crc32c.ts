/** Eight tables for eight bytes a step (slicing-by-8, Kounavis and Berry 2005); polynomial of Castagnoli, reflected. */
const tables = makeTables()

/** CRC-32C of some bytes (RFC 3720 appendix B.4), as iSCSI, ext4 and Kafka use it. */
export function crc32c(bytes: Uint8Array, before = 0): number {
  let crc = ~before
  let at = 0
  // Words where they lie aligned, as freshly read blocks do: a third of the loads. Byte order: little-endian.
  if (bytes.byteOffset % 4 === 0) {
    const words = new Int32Array(bytes.buffer, bytes.byteOffset, (bytes.length >> 3) * 2)
    for (let i = 0; i < words.length; i += 2) {
      const low = crc ^ words[i]!
      const high = words[i + 1]!
      crc =
        tables[1792 + (low & 255)]! ^
        tables[1536 + ((low >>> 8) & 255)]! ^
        tables[1280 + ((low >>> 16) & 255)]! ^
        tables[1024 + (low >>> 24)]! ^
        tables[768 + (high & 255)]! ^
        tables[512 + ((high >>> 8) & 255)]! ^
        tables[256 + ((high >>> 16) & 255)]! ^
        tables[high >>> 24]!
    }
    at = words.length * 4
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ tables[(crc ^ bytes[at]!) & 255]!
  return ~crc >>> 0
}

function makeTables(): Int32Array {
  const made = new Int32Array(2048)
  for (let byte = 0; byte < 256; byte++) {
    let crc = byte
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1
    made[byte] = crc
  }
  for (let at = 256; at < 2048; at++) made[at] = (made[at - 256]! >>> 8) ^ made[made[at - 256]! & 255]!
  return made
}
