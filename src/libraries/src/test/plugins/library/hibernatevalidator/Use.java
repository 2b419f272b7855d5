package library.hibernatevalidator;

import jakarta.validation.Validation;
import jakarta.validation.Validator;
import jakarta.validation.ValidatorFactory;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.util.Locale;
import library.LibraryPlugin;
import org.hibernate.validator.HibernateValidator;
import org.hibernate.validator.messageinterpolation.ParameterMessageInterpolator;

/** Holds objects against what their fields say. */
public final class Use extends LibraryPlugin {
    static final class City {
        @NotBlank
        private final String name;

        @Min(1)
        private final int people;

        City(String name, int people) {
            this.name = name;
            this.people = people;
        }
    }

    @Override
    protected String use() {
        try (ValidatorFactory factory = Validation.byProvider(HibernateValidator.class)
                .configure()
                .messageInterpolator(
                        new ParameterMessageInterpolator(java.util.Set.of(Locale.ENGLISH), Locale.ENGLISH, true))
                .defaultLocale(Locale.ENGLISH)
                .buildValidatorFactory()) {
            Validator validator = factory.getValidator();
            return validator.validate(new City("Bern", 1)).size()
                    + " "
                    + validator.validate(new City(" ", 0)).stream()
                            .map(each -> each.getPropertyPath() + " " + each.getMessage())
                            .sorted()
                            .toList();
        }
    }
}
