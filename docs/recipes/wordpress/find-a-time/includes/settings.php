<?php
/**
 * The settings of the site's owner (Settings → Find a time), stored as one option: an array of texts.
 *
 * @package FindATime
 */

namespace FindATime;

defined( 'ABSPATH' ) || exit;

const OPTION = 'find_a_time';

/** The settings, with their defaults. `room` is the reserved height, in rem. */
const UNSET_SETTINGS = array(
	'api'        => '',
	'visits'     => '',
	'scheduling' => '',
	'brand'      => '',
	'tier'       => '',
	'script'     => '',
	'integrity'  => '',
	'room'       => '40',
	'fallback'   => '',
);

/** @return array<string, string> Every setting there is, and no other. */
function settings() {
	$kept = get_option( OPTION );
	$kept = is_array( $kept ) ? array_filter( $kept, 'is_string' ) : array();
	return array_intersect_key( $kept, UNSET_SETTINGS ) + UNSET_SETTINGS;
}

/** Whether the element can work: the settings name the API host and the script, and this is not a feed, whose readers run no scripts. */
function is_ready() {
	return '' !== settings()['api'] && '' !== settings()['script'] && ! is_feed();
}

/** For each setting: the label of its field, and the help below the field. */
function fields() {
	return array(
		'api'        => array( __( 'API host', 'find-a-time' ), __( 'DexCare tells you, say https://api.care.example.org. Patients’ tokens are sent there.', 'find-a-time' ) ),
		'visits'     => array( __( 'Visit host', 'find-a-time' ), __( 'Without it times are shown and handed on, not booked here.', 'find-a-time' ) ),
		'scheduling' => array( __( 'Scheduling pages', 'find-a-time' ), __( 'Where a time is handed on to.', 'find-a-time' ) ),
		'brand'      => array( __( 'Brand', 'find-a-time' ), __( 'The health system’s brand name in DexCare.', 'find-a-time' ) ),
		'tier'       => array( __( 'Test system', 'find-a-time' ), __( 'Says on every page that bookings are not real.', 'find-a-time' ) ),
		'script'     => array( __( 'Script', 'find-a-time' ), __( 'The address of find-a-time.js on your server.', 'find-a-time' ) ),
		'integrity'  => array( __( 'Integrity', 'find-a-time' ), __( 'sha384-…, from integrity.json of that release. Only for an address with the version in it.', 'find-a-time' ) ),
		'room'       => array( __( 'Reserved height', 'find-a-time' ), __( 'In rem. Keeps the page from moving when times arrive.', 'find-a-time' ) ),
		'fallback'   => array( __( 'When nothing can be booked', 'find-a-time' ), __( 'Shown where an author gave no text: a phone number, as a link. Simple HTML.', 'find-a-time' ) ),
	);
}

/** Registers the option and its fields. WordPress checks the nonce and the capability when they are saved. */
function register_settings() {
	register_setting( OPTION, OPTION, array( 'type' => 'array', 'sanitize_callback' => __NAMESPACE__ . '\sanitize' ) );
	add_settings_section( OPTION, '', '__return_null', OPTION );
	foreach ( fields() as $name => list( $label, $help ) ) {
		$id = OPTION . '_' . $name;
		add_settings_field( $id, $label, __NAMESPACE__ . '\print_field', OPTION, OPTION, array( 'label_for' => $id, 'name' => $name, 'help' => $help ) );
	}
}

/** Puts the page under Settings, for those who may manage options. */
function add_settings_page() {
	$title = __( 'Find a time', 'find-a-time' );
	add_options_page( $title, $title, 'manage_options', OPTION, __NAMESPACE__ . '\print_page' );
}

/** Prints the page. */
function print_page() {
	if ( ! current_user_can( 'manage_options' ) ) {
		return;
	}
	echo '<div class="wrap"><h1>' . esc_html( get_admin_page_title() ) . '</h1><form action="options.php" method="post">';
	settings_fields( OPTION );
	do_settings_sections( OPTION );
	submit_button();
	echo '</form></div>';
}

/**
 * Prints one field.
 *
 * @param array $field `label_for`, `name`, `help`.
 */
function print_field( $field ) {
	$id    = $field['label_for'];
	$name  = OPTION . '[' . $field['name'] . ']';
	$value = settings()[ $field['name'] ];
	if ( 'tier' === $field['name'] ) {
		printf( '<input type="checkbox" id="%s" name="%s" value="uat" aria-describedby="%s-help"%s>', esc_attr( $id ), esc_attr( $name ), esc_attr( $id ), checked( $value, 'uat', false ) );
	} elseif ( 'fallback' === $field['name'] ) {
		printf( '<textarea class="large-text" rows="3" id="%s" name="%s" aria-describedby="%s-help">%s</textarea>', esc_attr( $id ), esc_attr( $name ), esc_attr( $id ), esc_textarea( $value ) );
	} else {
		printf( '<input class="regular-text" id="%s" name="%s" value="%s" aria-describedby="%s-help">', esc_attr( $id ), esc_attr( $name ), esc_attr( $value ), esc_attr( $id ) );
	}
	printf( '<p class="description" id="%s-help">%s</p>', esc_attr( $id ), esc_html( $field['help'] ) );
}

/**
 * Returns the settings to store. A value that cannot be used is reported, and the value from before is kept.
 *
 * @param mixed $entered From the form: anything.
 * @return array<string, string>
 */
function sanitize( $entered ) {
	$kept = array();
	foreach ( settings() as $name => $before ) {
		$value = is_array( $entered ) && isset( $entered[ $name ] ) && is_string( $entered[ $name ] ) ? trim( $entered[ $name ] ) : '';
		$good  = usable( $name, $value );
		if ( null === $good ) {
			/* translators: %s: name of a setting */
			$told = sprintf( __( '“%s” cannot be used as it was entered. The value from before stays.', 'find-a-time' ), fields()[ $name ][0] );
			add_settings_error( OPTION, $name, esc_html( $told ) );
		}
		$kept[ $name ] = null === $good ? $before : $good;
	}
	return $kept;
}

/**
 * Returns one value as it may be stored; null if it cannot be used.
 *
 * @param string $name  Which setting.
 * @param string $value As entered.
 */
function usable( $name, $value ) {
	switch ( $name ) {
		case 'api':
		case 'visits':
		case 'scheduling':
		case 'script':
			return '' === $value || is_address( $value ) ? esc_url_raw( $value, array( 'https', 'http' ) ) : null;
		case 'integrity':
			return preg_match( '#^(sha(256|384|512)-[A-Za-z0-9+/]+={0,2})?$#D', $value ) ? $value : null;
		case 'room':
			return preg_match( '/^[1-9][0-9]{0,2}$/D', $value ) ? $value : null;
		case 'tier':
			return 'uat' === $value ? 'uat' : '';
		case 'fallback':
			return wp_kses_post( $value );
		default:
			return sanitize_text_field( $value );
	}
}

/**
 * Whether this is an address without a user name, with https, or with http on the same machine.
 *
 * @param string $value An address.
 */
function is_address( $value ) {
	$parts = wp_parse_url( $value );
	if ( empty( $parts['scheme'] ) || empty( $parts['host'] ) || isset( $parts['user'] ) ) {
		return false;
	}
	$loopback = in_array( $parts['host'], array( 'localhost', '127.0.0.1', '[::1]' ), true );
	return 'https' === $parts['scheme'] || ( 'http' === $parts['scheme'] && $loopback );
}
