import { useQueryClient } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { countText } from '../ui/number-text.js';
import { Tree, type TreeNode } from '../ui/tree.js';
import { ExplainNode, nameOf } from './explain-node.js';
import { type Explanation, explanationQuery } from './questions.js';

/** Causes shown at once: an invoice line may have ten thousand calls. */
const SHOWN = 50;

type Loaded = Readonly<Record<string, Explanation | 'loading' | 'failed'>>;

interface Drawing {
  readonly t: TFunction<'auditor'>;
  readonly loaded: Loaded;
  readonly whole: ReadonlySet<string>;
  readonly load: (id: string) => void;
  readonly showAll: (path: string) => void;
}

/** What cannot be asked for by its id has told all that it knows. */
const isAskable = ({ id }: Explanation): boolean => !id.startsWith('tariff ') && !id.includes('/');

/** An amount and its causes. Calls of an invoice and lots of a call bring theirs when they are opened. */
export function ExplainTree({ root }: { root: Explanation }) {
  const { t } = useTranslation('auditor');
  const client = useQueryClient();
  const [loaded, setLoaded] = useState<Loaded>({});
  const [whole, setWhole] = useState<ReadonlySet<string>>(new Set());
  const load = (id: string) => {
    const known = loaded[id];
    if (known !== undefined && known !== 'failed') return;
    const keep = (found: Loaded[string]) => setLoaded(before => ({ ...before, [id]: found }));
    keep('loading');
    client.fetchQuery(explanationQuery(id)).then(keep, () => keep('failed'));
  };
  const showAll = (path: string) => setWhole(before => new Set(before).add(path));
  const node = nodeOf(root, '', { t, loaded, whole, load, showAll });
  return <Tree label={t('explain.tree', { what: nameOf(root) })} nodes={[node]} open={1} />;
}

function nodeOf(given: Explanation, path: string, drawing: Drawing): TreeNode {
  const { t, loaded, load } = drawing;
  const id = `${path}>${given.id}`;
  if (path === '' || given.causes.length > 0 || !isAskable(given)) {
    const children = childrenOf(given.causes, id, drawing);
    return { id, label: <ExplainNode node={given} />, children };
  }
  const found = loaded[given.id];
  const onOpen = () => load(given.id);
  if (found === undefined) return { id, label: <ExplainNode node={given} />, onOpen };
  if (typeof found === 'string') {
    const label = <span className="soft">{t(`explain.${found}`)}</span>;
    return { id, label: <ExplainNode node={given} />, onOpen, children: [{ id: `${id}/state`, label }] };
  }
  // Above, what it is to the amount that it explains; below, what it is by itself.
  const isSame = found.id === given.id && found.amount === given.amount;
  if (isSame) {
    const children = childrenOf(found.causes, id, drawing);
    return { id, label: <ExplainNode node={found} />, onOpen, children };
  }
  const inner = { id: `${id}/self`, label: <ExplainNode node={found} /> };
  const children = childrenOf(found.causes, id, drawing);
  return { id, label: <ExplainNode node={given} />, onOpen, children: [{ ...inner, children }] };
}

function childrenOf(causes: readonly Explanation[], path: string, drawing: Drawing): readonly TreeNode[] {
  const shown = drawing.whole.has(path) ? causes : causes.slice(0, SHOWN);
  const nodes = shown.map((cause, i) => nodeOf(cause, `${path}/${i}`, drawing));
  if (shown.length === causes.length) return nodes;
  const more = (
    <button type="button" className="button small" onClick={() => drawing.showAll(path)}>
      {drawing.t('explain.more', { n: countText(causes.length - shown.length) })}
    </button>
  );
  return [...nodes, { id: `${path}/more`, label: more }];
}
