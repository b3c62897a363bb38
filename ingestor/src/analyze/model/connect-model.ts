import { chatClient } from './chat-client.ts';
import { geminiClient } from './gemini-client.ts';
import type { ModelClient } from './model-client.ts';
import type { ModelSettings } from './model-settings.ts';

const CLIENTS = { gemini: geminiClient, chat: chatClient };

/** Returns the client of the API that the settings name. @param timeoutMs for one request. */
export function connectModel(settings: ModelSettings, timeoutMs: number): ModelClient {
  return CLIENTS[settings.api](settings, timeoutMs);
}
