import { type KeyboardEvent, type ReactNode, useState } from 'react';

export interface TreeNode {
  readonly id: string;
  readonly label: ReactNode;
  readonly children?: readonly TreeNode[];
  /** Told when it is opened; with it there is something to open before children are known. */
  readonly onOpen?: () => void;
}

interface TreeProps {
  readonly label: string;
  readonly nodes: readonly TreeNode[];
  /** So many levels are open at first; 1 without it. */
  readonly open?: number;
}

/** What is made of what: an amount and its causes. Arrow keys move, open and close, as in every tree. */
export function Tree({ label, nodes, open = 1 }: TreeProps) {
  return (
    <div className="tree" role="tree" aria-label={label} onKeyDown={move}>
      {nodes.map((node, i) => (
        <Branch key={node.id} node={node} level={1} open={open} first={i === 0} />
      ))}
    </div>
  );
}

interface BranchProps {
  readonly node: TreeNode;
  readonly level: number;
  readonly open: number;
  /** The one that the Tab key reaches. */
  readonly first: boolean;
}

function Branch({ node, level, open, first }: BranchProps) {
  const [isOpen, setOpen] = useState(level <= open);
  const children = node.children ?? [];
  const opens = children.length > 0 || node.onOpen !== undefined;
  const toggle = () => {
    if (!isOpen) node.onOpen?.();
    setOpen(!isOpen);
  };
  return (
    <div
      role="treeitem"
      aria-level={level}
      aria-expanded={opens ? isOpen : undefined}
      tabIndex={first ? 0 : -1}
      onKeyDown={event => {
        const asked = isOpen ? event.key === 'ArrowLeft' : event.key === 'ArrowRight';
        if (event.target !== event.currentTarget || !opens || !asked) return;
        event.preventDefault();
        event.stopPropagation();
        toggle();
      }}
    >
      <div className="tree-row">
        <button type="button" className="twist" tabIndex={-1} aria-hidden="true" onClick={toggle}>
          {opens ? (isOpen ? '▾' : '▸') : '·'}
        </button>
        {node.label}
      </div>
      {isOpen && children.length > 0 && (
        // biome-ignore lint/a11y/useSemanticElements: the role of a tree's branches has no element
        <div role="group">
          {children.map(child => (
            <Branch key={child.id} node={child} level={level + 1} open={open} first={false} />
          ))}
        </div>
      )}
    </div>
  );
}

const STEPS: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Up and down through what is in sight; left to the parent, right to the first child. */
function move(event: KeyboardEvent<HTMLDivElement>): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role="treeitem"]')];
  const now = items.indexOf(event.target as HTMLElement);
  if (now < 0) return;
  const step = STEPS[event.key];
  const parent = items[now]!.parentElement?.closest<HTMLElement>('[role="treeitem"]');
  const child = items[now]!.querySelector<HTMLElement>('[role="treeitem"]');
  const ends: Readonly<Record<string, HTMLElement | undefined>> = { Home: items[0], End: items.at(-1) };
  const sideways = event.key === 'ArrowLeft' ? parent : event.key === 'ArrowRight' ? child : ends[event.key];
  const next = step === undefined ? sideways : items[now + step];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
