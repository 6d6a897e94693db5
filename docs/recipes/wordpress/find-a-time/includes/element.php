<?php
/**
 * The tag: which attributes an author may set, and its HTML. Everything that leaves here is escaped here.
 *
 * @package FindATime
 */

namespace FindATime;

defined( 'ABSPATH' ) || exit;

/**
 * What an author may set. Not here, on purpose: `api`, `visits`, `assets` and the like, which decide where a patient's token
 * goes, `event-details`, which tells every script on the page about a person's care, and `support-reference`, which
 * adds a header that the hosts have to allow. The site's owner sets those.
 */
const FROM_AUTHORS = array(
	'npi', 'department', 'near', 'radius', 'practice', 'region', 'mode', 'visit-type', 'patient-type', 'specialty', 'gender',
	'clinic-type', 'provider-slots', 'days', 'max-days', 'view', 'booking', 'clinician-line', 'lang', 'time-zone',
	'heading-level', 'loading', 'product', 'backup-times', 'people',
);

/** Those that are on when they are there. */
const FLAGS_FROM_AUTHORS = array( 'interpreter', 'clinic-line' );

/**
 * The element with its fallback, as HTML.
 *
 * @param array  $given    Names and values as an author wrote them: anything.
 * @param string $fallback HTML as an author wrote it: anything.
 */
function element( array $given, $fallback ) {
	$settings = settings();
	$fallback = '' === trim( $fallback ) ? $settings['fallback'] : $fallback;
	// Balanced, so that no stray end tag closes the element.
	$fallback = force_balance_tags( wp_kses_post( $fallback ) );
	if ( ! is_ready() ) {
		// The phone is better than an empty place.
		return $fallback;
	}
	enqueue();
	$attributes = '';
	foreach ( array( 'api', 'visits', 'scheduling' ) as $name ) {
		if ( '' !== $settings[ $name ] ) {
			$attributes .= sprintf( ' %s="%s"', $name, esc_url( $settings[ $name ] ) );
		}
	}
	foreach ( array( 'brand', 'tier' ) as $name ) {
		if ( '' !== $settings[ $name ] ) {
			$attributes .= sprintf( ' %s="%s"', $name, esc_attr( $settings[ $name ] ) );
		}
	}
	foreach ( from_author( $given ) as $name => $value ) {
		$attributes .= sprintf( ' %s="%s"', $name, esc_attr( $value ) );
	}
	return "<find-a-time$attributes>$fallback</find-a-time>";
}

/**
 * Those attributes that an author may set, names from the lists above only.
 *
 * @param array $given Names and values; a shortcode gives a word without a value as the value of a number.
 * @return array<string, string>
 */
function from_author( array $given ) {
	$taken = array();
	foreach ( FROM_AUTHORS as $name ) {
		$value = isset( $given[ $name ] ) && is_scalar( $given[ $name ] ) ? trim( (string) $given[ $name ] ) : null;
		// An empty `near` asks the patient for a place; elsewhere an empty value is as good as none.
		if ( null !== $value && ( '' !== $value || 'near' === $name ) ) {
			$taken[ $name ] = $value;
		}
	}
	foreach ( FLAGS_FROM_AUTHORS as $name ) {
		$bare = in_array( $name, array_filter( $given, 'is_int', ARRAY_FILTER_USE_KEY ), true );
		$said = isset( $given[ $name ] ) && false !== $given[ $name ] && 'false' !== $given[ $name ];
		if ( $bare || $said ) {
			$taken[ $name ] = '';
		}
	}
	return $taken;
}
