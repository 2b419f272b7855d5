package library.scala;

import library.LibraryPlugin;
import scala.collection.immutable.List;
import scala.collection.immutable.Range$;
import scala.math.BigInt;
import scala.util.matching.Regex;

/** Scala's own collections, big numbers and expressions. */
public final class Use extends LibraryPlugin {
    @Override
    protected String use() {
        List<Object> numbers = Range$.MODULE$.inclusive(1, 5).toList();
        List<Object> squares = numbers.map(n -> (Integer) n * (Integer) n);
        return squares.mkString("+")
                + " "
                + BigInt.apply(2).pow(70)
                + " "
                + new Regex("[aeiou]", List.<String>newBuilder().result()).replaceAllIn("Bern", "-")
                + " "
                + numbers.groupBy(n -> (Integer) n % 2).size();
    }
}
