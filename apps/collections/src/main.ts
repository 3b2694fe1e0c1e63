import { serve } from '#entry';
import { collections } from './server.ts';

await serve(collections);
