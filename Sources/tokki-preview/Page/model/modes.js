/** The names of the modes on screen. */
export const modes = { blank: "未記入様式", prefilled: "一部印字様式", final: "提出用" };
