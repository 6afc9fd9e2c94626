// Pictures for tests, drawn here: a PNG from a function of its points.
import { crc32, deflateSync } from 'node:zlib';

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length, 0);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A PNG of the given size; colour gives [red, green, blue, alpha] of a point. */
export function png(width, height, colour) {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 6, 0, 0, 0], 8);
  const rows = Buffer.alloc(height * (width * 4 + 1));
  for (let y = 0, at = 0; y < height; y++) {
    rows[at++] = 0;
    for (let x = 0; x < width; x++, at += 4) rows.set(colour(x, y), at);
  }
  return Buffer.concat([
    Buffer.from('89504e470d0a1a0a', 'hex'),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A disc of a colour in the middle of a transparent picture. */
export function disc(width, height, colour) {
  const radius = Math.min(width, height) / 3;
  return png(width, height, (x, y) =>
    Math.hypot(x - width / 2, y - height / 2) < radius ? [...colour, 255] : [0, 0, 0, 0],
  );
}

/** An oval of one colour on nothing, with some space around it. */
export function oval(width, height, colour) {
  return png(width, height, (x, y) =>
    Math.hypot((x - width / 2) / width, (y - height / 2) / height) < 0.47 ? [...colour, 255] : [0, 0, 0, 0],
  );
}
