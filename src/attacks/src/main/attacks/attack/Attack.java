package attack;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What there is to know of an attack. Its id is made of its group's name and its own. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Attack {
    /** What it does, in one sentence. */
    String says();

    /** The permission that would make it legal, or {@code never}. */
    String target();

    /** What shows that it succeeded. */
    Proof by();

    /** The permissions of the means that it uses, beside the target. */
    String[] with() default {};

    /** The Java release that closed it, or 0. */
    int closed() default 0;
}
