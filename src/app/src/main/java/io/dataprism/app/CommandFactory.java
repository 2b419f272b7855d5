package io.dataprism.app;

import java.lang.reflect.Constructor;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes commands: one that takes a {@link Screen} gets the one of this run. */
final class CommandFactory implements IFactory {
    private final Screen screen;

    CommandFactory(Screen screen) {
        this.screen = screen;
    }

    @Override
    public <K> K create(Class<K> type) throws Exception {
        for (Constructor<?> constructor : type.getDeclaredConstructors()) {
            if (constructor.getParameterCount() == 1 && constructor.getParameterTypes()[0] == Screen.class) {
                constructor.setAccessible(true);
                return type.cast(constructor.newInstance(screen));
            }
        }
        return CommandLine.defaultFactory().create(type);
    }
}
