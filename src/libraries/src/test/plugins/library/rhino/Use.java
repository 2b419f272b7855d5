package library.rhino;

import library.LibraryPlugin;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.ScriptableObject;

/** Runs JavaScript, interpreted. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        try (Context context = Context.enter()) {
            context.setInterpretedMode(true);
            context.setLanguageVersion(Context.VERSION_ES6);
            ScriptableObject scope = context.initSafeStandardObjects();
            ScriptableObject.putProperty(scope, "most", 5);
            return Context.toString(context.evaluateString(
                    scope,
                    "const all = []; for (let i = 1; i <= most; i++) { all.push(i * i); }"
                            + " JSON.stringify({sum: all.reduce((a, b) => a + b), text: 'Bern'.replace(/e/, 'o')})",
                    "sum",
                    1,
                    null));
        }
    }
}
