/** The part of cli-progress 3 that is used here; the package brings no types. */
declare module 'cli-progress' {
  export class SingleBar {
    constructor(options: object, preset: object);
    start(total: number, value: number, payload: object): void;
    setTotal(total: number): void;
    update(value: number, payload: object): void;
    stop(): void;
  }
  const cliProgress: { SingleBar: typeof SingleBar; Presets: { shades_classic: object } };
  export default cliProgress;
}
