import { refusalOf } from '#runtime';
import { USE_CASES } from '../use-cases/index.js';

/** The fields of refusals that a use case declares. */
const declared = USE_CASES.flatMap(({ name, useCase }) =>
  (useCase.refusals ?? []).flatMap(code => {
    const { field } = refusalOf(code);
    return field === undefined ? [] : [{ name, useCase, code, field }];
  }),
);

describe('the field that a refusal blames', () => {
  it('is of the request itself: of its body, path or query, or the header of a second person', () => {
    const unknown = declared.filter(({ useCase: { input, blames, byHand }, field }) => {
      const own = blames?.[field] === undefined ? field : blames[field];
      if (own === null) return false;
      if (own === 'X-Approver-Key') return !('approvedBy' in input.shape);
      return !(own in input.shape || (own === 'body' && byHand));
    });
    expect(unknown.map(({ name, code, field }) => `${name} ${code}: ${field}`)).toEqual([]);
    expect(declared.length).toBeGreaterThan(50);
  });

  it('has another name only where the request has none of that name, and a refusal blames it', () => {
    const needless = USE_CASES.flatMap(({ name, useCase: { input, blames = {} } }) =>
      Object.keys(blames)
        .filter(
          field => field in input.shape || !declared.some(one => one.name === name && one.field === field),
        )
        .map(field => `${name}: ${field}`),
    );
    expect(needless).toEqual([]);
  });
});
