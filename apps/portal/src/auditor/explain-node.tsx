import { useTranslation } from 'react-i18next';
import { Money } from '../ui/money.js';
import { decimalsOf, moneyParts } from '../ui/money-text.js';
import { timeText } from '../ui/time-text.js';
import { language } from '../words/index.js';
import { useKnown } from '../words/known.js';
import { arithmeticOf, isTold } from './arithmetic.js';
import { LogLink } from './log-link.js';
import type { Explanation } from './questions.js';

const INSTANT = /^\d{4}-\d\d-\d\dT/;
const MONEY = new Set([
  ...['price', 'first_price', 'connect_fee', 'credited', 'amount', 'owed', 'net', 'tax'],
  ...['monthly', 'firstMonth', 'initial'],
]);
/** A fact longer than this stands in its event, whole. */
const LONGEST = 120;

/** What a node is, in the page's language. */
export const nameOf = ({ what, whatJa }: Explanation): string => (language() === 'en' ? what : whatJa);

/** One step of an explanation: what, how much, how that is computed, and the events that say so. */
export function ExplainNode({ node }: { node: Explanation }) {
  const { t } = useTranslation('auditor');
  const arithmetic = arithmeticOf(t, node);
  return (
    <div className="explain">
      <div className="explain-head">
        <strong>{nameOf(node)}</strong>
        {node.amount !== null && moneyParts(node.amount) && (
          <Money of={node.amount} decimals={decimalsOf(node.amount)} unit />
        )}
      </div>
      {arithmetic.map(line => (
        <p key={line} className="tabular arithmetic">
          {line}
        </p>
      ))}
      <FactsOf node={node} />
    </div>
  );
}

function FactsOf({ node }: { node: Explanation }) {
  const { t } = useTranslation('auditor');
  const nameOfFact = useKnown('auditor:explain.facts');
  const methodOf = useKnown('auditor:explain.methods');
  const shownValue = (name: string, value: string) => {
    if (INSTANT.test(value)) return timeText(value, true);
    if (MONEY.has(name) && moneyParts(value)) return <Money of={value} unit />;
    return name === 'method' ? methodOf(value) : value;
  };
  const inWords = (language() === 'ja' && node.factsJa) || {};
  const facts = Object.entries(node.facts).filter(
    ([name, value]) => !isTold(name) && value !== '' && value.length <= LONGEST,
  );
  return (
    <p className="soft small explain-facts">
      {facts.map(([name, value]) => (
        <span key={name}>
          {nameOfFact(name)}: {shownValue(name, inWords[name] ?? value)}
        </span>
      ))}
      {node.events.map(({ position }) => (
        <LogLink key={position} to={`/events/${position}`}>
          {t('explain.event', { position })}
        </LogLink>
      ))}
    </p>
  );
}
