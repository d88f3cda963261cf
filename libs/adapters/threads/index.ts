export { serveTasks } from './thread-program.js';
export { openThreads, type ThreadOptions } from './threads.js';
