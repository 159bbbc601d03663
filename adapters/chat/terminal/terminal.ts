import { readFile, stat } from 'node:fs/promises';
import type { Card } from '../../../src/commands/card.ts';
import { card as cardOf } from '../../../src/commands/card.ts';
import type { Request } from '../../../src/commands/request.ts';
import type { Chat, ChatLimits, Clock, Counter, PostAnswer, Posting } from '../../../src/ports.ts';
import { handOver } from './attachment.ts';
import { renderCard } from './card.ts';
import { appendHistory, readHistory } from './history.ts';
import { openLedger, type Ledger } from './ledger.ts';
import type { Surface } from './paint.ts';
import { openPipe } from './pipe.ts';
import { openPrompt, type Choice } from './prompt.ts';
import type { Ending, Screen, ScreenEvents } from './screen.ts';
import { renderMessage } from './story.ts';
import type { Present } from './time.ts';

