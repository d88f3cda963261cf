import { serveTasks } from './thread-program.js';
import { TASKS } from './threads.tasks.fixture.js';

serveTasks(TASKS);
