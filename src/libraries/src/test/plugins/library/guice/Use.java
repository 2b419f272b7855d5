package library.guice;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Inject;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import library.LibraryPlugin;

/** Puts objects together from what their constructors ask for. */
public final class Use extends LibraryPlugin {
    interface Greeting {
        String to(String name);
    }

    static final class German implements Greeting {
        @Override
        public String to(String name) {
            return "Grüezi, " + name;
        }
    }

    @Singleton
    static final class Greeter {
        private final Greeting greeting;
        private final String city;

        @Inject
        Greeter(Greeting greeting, String city) {
            this.greeting = greeting;
            this.city = city;
        }
    }

    static final class Wiring extends AbstractModule {
        @Override
        protected void configure() {
            bind(Greeting.class).to(German.class);
        }

        @Provides
        String city() {
            return "Bern";
        }
    }

    @Override
    protected String use() {
        var injector = Guice.createInjector(new Wiring());
        Greeter greeter = injector.getInstance(Greeter.class);
        return greeter.greeting.to(greeter.city) + " " + (greeter == injector.getInstance(Greeter.class));
    }
}
