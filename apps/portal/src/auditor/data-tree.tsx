import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { countText } from '../ui/number-text.js';
import { Time } from '../ui/time.js';
import { Tree, type TreeNode } from '../ui/tree.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d/;
const isBranch = (value: unknown): value is object => typeof value === 'object' && value !== null;

function Leaf({ value, t }: { value: unknown; t: TFunction<'auditor'> }) {
  if (value === null || value === undefined) return <span className="soft">{t('event.nothing')}</span>;
  if (typeof value === 'boolean') return <span>{t(value ? 'event.yes' : 'event.no')}</span>;
  const text = String(value);
  if (INSTANT.test(text)) return <Time at={text} seconds />;
  return <span className="code">{text === '' ? '""' : text}</span>;
}

/** A stored fact as a tree: names as they are stored, values as people read them. */
function nodesOf(value: object, path: string, t: TFunction<'auditor'>): readonly TreeNode[] {
  return Object.entries(value).map(([key, inner]) => {
    const id = `${path}/${key}`;
    const name = Array.isArray(value) ? `[${key}]` : key;
    if (!isBranch(inner)) {
      return {
        id,
        label: (
          <>
            <span className="code soft">{name}</span>
            <Leaf value={inner} t={t} />
          </>
        ),
      };
    }
    const children = nodesOf(inner, id, t);
    const size = Array.isArray(inner) ? t('event.items', { n: countText(inner.length) }) : null;
    return {
      id,
      label: (
        <>
          <span className="code soft">{name}</span>
          {size && <span className="soft small">{size}</span>}
        </>
      ),
      children,
    };
  });
}

export function DataTree({ data }: { data: object }) {
  const { t } = useTranslation('auditor');
  return <Tree label={t('event.dataLabel')} nodes={nodesOf(data, '', t)} open={2} />;
}
