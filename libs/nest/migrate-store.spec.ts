import { placeOf } from './migrate-store.js';

describe('where a store has moved to', () => {
  it.each([
    ['esdb://admin:s3:cr@t@n1:2113,n2:2113?tls=true', undefined, 'the cluster n1:2113,n2:2113'],
    ['esdb+discover://u:secret@db.example/?tls=true', 'a.', 'the cluster db.example (namespace a.)'],
    ['esdb://127.0.0.1:2113', undefined, 'the cluster 127.0.0.1:2113'],
  ])('is told of %s without its login', (url, namespace, place) =>
    expect(placeOf({ url, ...(namespace !== undefined && { namespace }) })).toBe(place),
  );
});
