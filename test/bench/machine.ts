import { statfsSync } from 'node:fs';
import { availableParallelism, cpus, loadavg, totalmem } from 'node:os';

/** File systems by the number that statfs gives (Linux, magic.h). */
const FILE_SYSTEMS: Readonly<Record<number, string>> = {
  [0xef53]: 'ext4',
  [0x58465342]: 'xfs',
  [0x9123683e]: 'btrfs',
  [0x01021994]: 'tmpfs',
  [0x794c7630]: 'overlayfs',
  [0x2fc12fc1]: 'zfs',
  [0x6969]: 'nfs',
};

/** The machine that was measured, without its name. */
export interface Machine {
  readonly cpu: string;
  readonly cores: number;
  readonly memoryGigabytes: number;
  readonly node: string;
  readonly platform: string;
  readonly fileSystem: string;
  /** Load average of the minute before the run: what other programs take is missing in the figures. */
  readonly loadBefore: number;
}

/** @param directory on the disk that is measured */
export function describeMachine(directory: string): Machine {
  const { type } = statfsSync(directory);
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown CPU',
    cores: availableParallelism(),
    memoryGigabytes: Math.round(totalmem() / 1e9),
    node: process.version,
    platform: `${process.platform} ${process.arch}`,
    fileSystem: FILE_SYSTEMS[type] ?? `0x${type.toString(16)}`,
    loadBefore: Math.round(loadavg()[0]! * 10) / 10,
  };
}

export const machineText = (m: Machine): string =>
  `${m.cpu}, ${m.cores} cores, ${m.memoryGigabytes} GB, ${m.platform}, Node ${m.node}, ${m.fileSystem}, ` +
  `load before the run ${m.loadBefore.toFixed(1)}`;

/** On tmpfs nothing is durable, so that figures of durable writes would say nothing. */
export const isDurable = (machine: Machine): boolean => machine.fileSystem !== 'tmpfs';
