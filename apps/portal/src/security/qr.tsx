import { create } from 'qrcode';
import { useMemo } from 'react';

/** Light modules around the code, as its standard asks for. */
const QUIET = 4;

/** Dark modules of each row that lie beside each other, as one path: no style, no image, no canvas. */
function pathOf(text: string): { readonly size: number; readonly path: string } {
  const { modules } = create(text, { errorCorrectionLevel: 'M' });
  const parts: string[] = [];
  for (let y = 0; y < modules.size; y++) {
    for (let x = 0; x < modules.size; x++) {
      const from = x;
      while (x < modules.size && modules.get(y, x)) x++;
      if (x > from) parts.push(`M${from + QUIET} ${y + QUIET}h${x - from}v1h-${x - from}z`);
    }
  }
  return { size: modules.size + 2 * QUIET, path: parts.join('') };
}

/** A QR code. Always dark on light, by night as well: scanners need it so. */
export default function QrCode({ text, label }: { text: string; label: string }) {
  const { size, path } = useMemo(() => pathOf(text), [text]);
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}
