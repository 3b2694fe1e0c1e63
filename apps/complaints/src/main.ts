import { serve } from '#entry';
import { complaints } from './server.ts';

await serve(complaints);
