export { ReadRecorder } from './read.recorder.ts';
export { ReadService } from './read.service.ts';
export { RegulatorModule } from './regulator.module.ts';
