import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components';
import { useUrlState } from '../app/url-state.js';

interface BarProps {
  readonly label: string;
  readonly tabs: readonly { readonly id: string; readonly name: ReactNode }[];
  readonly selected: string;
  readonly onSelect: (id: string) => void;
  /** The panel of the selected tab. */
  readonly children: ReactNode;
}

/** Tabs whose choice the page keeps. */
export function TabBar({ label, tabs, selected, onSelect, children }: BarProps) {
  return (
    <AriaTabs selectedKey={selected} onSelectionChange={key => onSelect(String(key))}>
      <TabList className="tabs-list" aria-label={label}>
        {tabs.map(tab => (
          <Tab key={tab.id} id={tab.id} className="tab">
            {tab.name}
          </Tab>
        ))}
      </TabList>
      {/* The panel keeps the id of its first tab, unless it is another one. */}
      <TabPanel key={selected} id={selected}>
        {children}
      </TabPanel>
    </AriaTabs>
  );
}

interface TabsProps {
  /** Name in the address: `?view=lots`. */
  readonly name: string;
  readonly label: string;
  readonly tabs: readonly {
    readonly id: string;
    readonly name: ReactNode;
    readonly panel: () => ReactNode;
  }[];
}

/** Tabs whose choice stands in the address; only the panel in sight is drawn. */
export function Tabs({ name, label, tabs }: TabsProps) {
  const [search, set] = useUrlState();
  const [first] = tabs;
  const shown = tabs.find(tab => tab.id === search[name]) ?? first;
  if (!shown) return null;
  return (
    <TabBar
      label={label}
      tabs={tabs}
      selected={shown.id}
      onSelect={id => set({ [name]: id === first?.id ? undefined : id })}
    >
      {shown.panel()}
    </TabBar>
  );
}
