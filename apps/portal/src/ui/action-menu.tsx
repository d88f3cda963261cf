import { useRouter } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Button, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';

interface Item {
  readonly id: string;
  readonly name: string;
  /** A page of the portal; an item without it calls `onAction`. */
  readonly href?: string;
  readonly lang?: string;
}

interface Props {
  /** What the button is, for those who do not see it. */
  readonly label: string;
  readonly text: ReactNode;
  readonly items: readonly Item[];
  /** The one that holds now, where the menu is a choice. */
  readonly selected?: string;
  readonly onAction: (id: string) => void;
}

/** A button that opens a menu of pages, choices or acts. */
export function ActionMenu({ label, text, items, selected, onAction }: Props) {
  const router = useRouter();
  const act = (id: string) => {
    const href = items.find(item => item.id === id)?.href;
    if (href === undefined) onAction(id);
    else void router.navigate({ to: href as never });
  };
  return (
    <MenuTrigger>
      <Button className="button quiet" aria-label={label}>
        {text}
      </Button>
      <Popover className="popover" placement="bottom end">
        <Menu
          aria-label={label}
          onAction={key => act(String(key))}
          {...(selected !== undefined && { selectionMode: 'single' as const, selectedKeys: [selected] })}
        >
          {items.map(item => (
            <MenuItem key={item.id} id={item.id} textValue={item.name} className="item">
              <span lang={item.lang}>{item.name}</span>
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}
