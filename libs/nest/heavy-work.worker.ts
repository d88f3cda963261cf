import { serveTasks } from '#adapters/threads';
import { HEAVY_TASKS } from './heavy-tasks.js';

serveTasks(HEAVY_TASKS);
