// The page's data block: JSON with arrays packed as little-endian integers, compressed as a whole (postprocess/report/packer.hpp).

/** @throws Error where a part of the file is missing or it is another version's */
export function readData() {
  const data = JSON.parse(document.getElementById('data').textContent);
  if (data.schema !== 1) throw new Error(`its data have schema ${data.schema}, this page reads 1`);
  return data;
}

function bytesOf(base64) {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; ++i) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Unpacks the surfaces: the buffer that all references point into. */
export async function unpack(packed) {
  const stream = new Blob([bytesOf(packed.zlib)]).stream().pipeThrough(new DecompressionStream('deflate'));
  const buffer = await new Response(stream).arrayBuffer();
  if (buffer.byteLength !== packed.bytes) throw new Error(`the packed data have ${buffer.byteLength} bytes, expected ${packed.bytes}`);
  return buffer;
}

const kinds = { u8: Uint8Array, u16: Uint16Array, u32: Uint32Array };

/** The integers of a reference {type, at, count}. */
export function integers(buffer, reference) {
  return new kinds[reference.type](buffer, reference.at, reference.count);
}

/** 16-bit numbers spread over a range, as floats. */
export function numbers(buffer, reference, low, high) {
  const packed = integers(buffer, reference);
  const values = new Float32Array(packed.length);
  const scale = (high - low) / 65535;
  for (let i = 0; i < packed.length; ++i) values[i] = low + scale * packed[i];
  return values;
}

/** Coordinates x y z …, each in its own range. */
export function points(buffer, reference, low, high, into) {
  const packed = integers(buffer, reference);
  const xyz = into ?? new Float32Array(packed.length);
  for (let d = 0; d < 3; ++d) {
    const scale = (high[d] - low[d]) / 65535;
    for (let i = d; i < packed.length; i += 3) xyz[i] = low[d] + scale * packed[i];
  }
  return xyz;
}
